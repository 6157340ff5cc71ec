/** Keras's optimizers as values: names, defaults, gradient clipping. Imports only the JDK and {@code keras}. */
@NullMarked
package org.lockstep.optimizers;

import org.jspecify.annotations.NullMarked;
