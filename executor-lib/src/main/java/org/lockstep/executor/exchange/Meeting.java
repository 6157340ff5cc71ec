package org.lockstep.executor.exchange;

import java.time.Duration;
import java.util.List;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.transport.Endpoint;

/**
 * Where the executors of a network exchange find each other.
 *
 * @param attempt tells this exchange's links from those of others in the same run
 * @param endpoint this executor's port
 * @param arrivals hears of those who connect to it
 * @param addresses of all executors, by rank
 * @param places what a reader calls them, by rank
 * @param patience until all must have come
 * @param wire what gradients travel as, the same for all
 */
public record Meeting(
        int attempt,
        Endpoint endpoint,
        Arrivals arrivals,
        List<Address> addresses,
        List<String> places,
        Duration patience,
        Wire wire) {

    /** A port. */
    public record Address(String host, int port) {}
}
