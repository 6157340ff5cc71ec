package org.lockstep.executor.spark;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.transport.Secret;

/**
 * How a task finds its driver's port, and what lets it in; travels inside Spark's task data only.
 *
 * @param attempt the attempt's number, unique in the run
 * @param bindAddress what the executor's own port binds to; null for the executor's Spark address
 * @param bindPort the first port to try; 0 takes any
 * @param silence how long nothing may come from another JVM
 * @param sharesMemory whether large bodies go through memory to a JVM on the same machine
 * @param patience until all tasks must have come
 * @param kernel what the run has computed with so far; null where it has not
 * @param wire what gradients travel as
 */
public record Directions(
        String host,
        int port,
        Secret secret,
        int attempt,
        @Nullable String bindAddress,
        int bindPort,
        Duration silence,
        boolean sharesMemory,
        Duration patience,
        @Nullable Kernel kernel,
        Wire wire)
        implements Serializable {}
