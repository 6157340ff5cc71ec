/**
 * Keras's learning-rate schedules as values. Entry type: {@link org.lockstep.optimizers.schedules.LearningRateSchedule}.
 * Imports only the JDK and {@code keras}.
 */
@NullMarked
package org.lockstep.optimizers.schedules;

import org.jspecify.annotations.NullMarked;
