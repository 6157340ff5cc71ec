/**
 * The exchange of gradients alone: measured with workers in threads, {@link Meter}, over a {@link Transport}, fitted by a
 * {@link CostModel}, and foretold for clusters that are not here, {@link Algorithm}. Imports the executor's exchange and
 * {@code conf}'s packages.
 */
@NullMarked
package org.lockstep.examples.bench.exchange;

import org.jspecify.annotations.NullMarked;
