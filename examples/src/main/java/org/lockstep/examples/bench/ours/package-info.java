/**
 * Lockstep as benchmarks see it: the engine alone, {@link EngineSide}, the whole trainer on
 * Spark, {@link TrainerSide}, evaluations and predictions, {@link InferenceSide}.
 * Imports {@code driver}'s API, the executor's engine and exchange, Spark and {@code bench.side}.
 */
@NullMarked
package org.lockstep.examples.bench.ours;

import org.jspecify.annotations.NullMarked;
