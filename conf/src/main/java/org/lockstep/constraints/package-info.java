/** Keras's weight constraints as values. Imports only the JDK and {@code keras}. */
@NullMarked
package org.lockstep.constraints;

import org.jspecify.annotations.NullMarked;
