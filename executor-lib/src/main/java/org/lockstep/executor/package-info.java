/** What all parts of an executor share. Entry type: {@link org.lockstep.executor.TrainState}. Imports only the JDK and {@code conf}'s packages. */
@NullMarked
package org.lockstep.executor;

import org.jspecify.annotations.NullMarked;
