/**
 * The training loop of one worker: queue, network, exchange, in that order, once a step. Entry type: {@link
 * org.lockstep.executor.worker.Worker}. The one package that knows queue, step, optimizer and exchange together; knows
 * nothing of Spark.
 */
@NullMarked
package org.lockstep.executor.worker;

import org.jspecify.annotations.NullMarked;
