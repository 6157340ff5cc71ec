/**
 * DL4J as benchmarks measure it, found as services: {@link Dl4jProvider} in one process and {@link Dl4jSparkProvider} on
 * Spark. Imports DL4J, ND4J, Spark, {@code conf}'s and {@code data}'s packages and {@code bench.side}.
 */
@NullMarked
package org.lockstep.examples.bench.peers.dl4j;

import org.jspecify.annotations.NullMarked;
