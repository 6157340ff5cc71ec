/**
 * How the executors of a run find each other and their state through a port of the driver. Entry types: {@link
 * org.lockstep.executor.rendezvous.Headquarters} on the driver, {@link org.lockstep.executor.rendezvous.Outpost} on an
 * executor. Imports the exchange, the transport and {@link org.lockstep.executor.TrainState}; knows nothing of Spark.
 */
@NullMarked
package org.lockstep.executor.rendezvous;

import org.jspecify.annotations.NullMarked;
