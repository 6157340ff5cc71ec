/**
 * Checkpoints of a training in progress: what one holds, and the folder that keeps the last of them. Entry types: {@link
 * org.lockstep.driver.checkpoint.CheckpointStore}, {@link org.lockstep.driver.checkpoint.Resumable}. Imports conf,
 * stored files, Keras's files and the train state; knows neither the loop nor the callbacks.
 */
@NullMarked
package org.lockstep.driver.checkpoint;

import org.jspecify.annotations.NullMarked;
