/**
 * Keras's optimizers as values: names, defaults, gradient clipping. Entry type: {@link org.lockstep.optimizers.Optimizer}.
 * Imports only the JDK, {@code keras} and {@code optimizers.schedules}.
 */
@NullMarked
package org.lockstep.optimizers;

import org.jspecify.annotations.NullMarked;
