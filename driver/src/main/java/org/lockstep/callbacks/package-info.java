/**
 * What is told of a run as it goes: Keras's callbacks. Entry type: {@link org.lockstep.callbacks.Callback}. Messages go to
 * the standard output, warnings to the log. Imports conf, models, data, storage, JSON, event files, checkpoints and {@code driver.curves}, never
 * Spark.
 */
@NullMarked
package org.lockstep.callbacks;

import org.jspecify.annotations.NullMarked;
