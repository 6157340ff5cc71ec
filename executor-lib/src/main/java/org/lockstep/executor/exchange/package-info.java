/**
 * How workers turn their shards' gradients into one update: the canonical tree of sums, and the exchange among workers of
 * one JVM. Entry types: {@link org.lockstep.executor.exchange.Exchange} and {@link
 * org.lockstep.executor.exchange.CanonicalTree}. Knows nothing of Spark, queues or networks.
 */
@NullMarked
package org.lockstep.executor.exchange;

import org.jspecify.annotations.NullMarked;
