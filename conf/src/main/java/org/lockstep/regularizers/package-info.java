/** Keras's weight and activity penalties as values. Imports only the JDK and {@code keras}. */
@NullMarked
package org.lockstep.regularizers;

import org.jspecify.annotations.NullMarked;
