/** Keras's losses as values. Imports only the JDK and {@code keras}. */
@NullMarked
package org.lockstep.losses;

import org.jspecify.annotations.NullMarked;
