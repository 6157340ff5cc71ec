/** What is told of a run as it goes: Keras's callbacks. Imports only {@code report}, {@code conf} and the JDK, never Spark. */
@NullMarked
package org.lockstep.callbacks;

import org.jspecify.annotations.NullMarked;
