/**
 * The exchange of gradients alone: measured over a {@link Transport} with workers in threads or in processes, {@link
 * Workers}, fitted by a {@link CostModel}, and foretold for clusters that are not here, {@link Algorithm}. Imports the
 * executor's exchange and its ports, {@code conf}'s packages, {@code bench.side} and {@code bench.process}.
 */
@NullMarked
package org.lockstep.examples.bench.exchange;

import org.jspecify.annotations.NullMarked;
