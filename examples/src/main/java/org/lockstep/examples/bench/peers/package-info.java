/** The systems Lockstep is compared with: entry type {@link Dl4jSparkSide}. The one room of benchmarks that imports DL4J. */
@NullMarked
package org.lockstep.examples.bench.peers;

import org.jspecify.annotations.NullMarked;
