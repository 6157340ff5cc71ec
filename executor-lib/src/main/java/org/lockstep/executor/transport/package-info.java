/**
 * Messages among the JVMs of one run, over Spark's own transport: a port for each JVM, whose every connection has proven the
 * run's secret; where both ends are on one machine, messages may go through its memory. Entry type: {@link
 * org.lockstep.executor.transport.Endpoint}. The sole importer of Spark's network-common and of Netty; knows nothing of
 * training.
 */
@NullMarked
package org.lockstep.executor.transport;

import org.jspecify.annotations.NullMarked;
