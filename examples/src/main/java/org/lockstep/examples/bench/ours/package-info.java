/**
 * Lockstep as benchmarks see it: the engine alone, {@link EngineSide}, and the whole trainer on Spark, {@link TrainerSide}.
 * Imports {@code driver}'s API, the executor's engine and exchange, Spark and {@code bench.side}.
 */
@NullMarked
package org.lockstep.examples.bench.ours;

import org.jspecify.annotations.NullMarked;
