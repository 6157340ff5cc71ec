package org.lockstep.executor.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.lockstep.executor.exchange.Exchange;

/** Where the tasks of one segment find their common exchange; gone when the last has left. */
final class Gathering {

    private static final Map<String, Gathering> OPEN = new HashMap<>();

    private final Exchange exchange;
    private int toLeave;

    private Gathering(Exchange exchange, int workers) {
        this.exchange = exchange;
        this.toLeave = workers;
    }

    /** A worker's place at an exchange. */
    record Seat(String key, Exchange exchange) implements AutoCloseable {

        @Override
        public void close() {
            leave(key);
        }
    }

    /** Joins the segment of that key; the first to come makes the exchange. */
    static Seat join(String key, int workers, Supplier<Exchange> first) {
        synchronized (OPEN) {
            Gathering gathering = OPEN.computeIfAbsent(key, absent -> new Gathering(first.get(), workers));
            return new Seat(key, gathering.exchange);
        }
    }

    private static void leave(String key) {
        synchronized (OPEN) {
            Gathering gathering = OPEN.get(key);
            if (gathering != null && --gathering.toLeave == 0) {
                OPEN.remove(key);
            }
        }
    }
}
