package org.lockstep.examples.bench.exchange;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.exchange.Meter.Reading;

/**
 * What a step's exchange and update took.
 *
 * @param transport its title
 * @param model the network's name
 * @param numbers in the gradient
 * @param load of a worker in a step
 * @param link that each worker had; null where nothing slowed it down
 */
public record Measurement(
        String transport,
        String model,
        long numbers,
        int workers,
        Load load,
        @Nullable Link link,
        List<Reading> readings) {

    public Measurement {
        readings = List.copyOf(readings);
    }

    /** Of a step, in each round. */
    public List<Double> seconds() {
        return readings.stream().map(Reading::seconds).toList();
    }

    /** Bytes that a worker sent in a step, as the system counts them, in each round; empty where nothing counts. */
    public List<Double> sent() {
        return readings.stream()
                .map(Reading::sent)
                .filter(bytes -> !bytes.isNaN())
                .toList();
    }

    /** Bytes that a worker must send: 2 (W − 1) / W of the gradient's. */
    public double leastBytes() {
        return 2.0 * (workers - 1) / workers * (double) numbers * Float.BYTES;
    }

    /** By how much what was sent differs from that, as a part of it, in each round. */
    public Optional<List<Double>> wireExcess() {
        if (workers == 1 || sent().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                sent().stream().map(bytes -> Math.abs(bytes / leastBytes() - 1)).toList());
    }
}
