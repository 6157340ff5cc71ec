package org.lockstep.examples.bench;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Transport;
import org.lockstep.examples.bench.side.BenchModel;

/**
 * A requirement on an exchange among processes.
 *
 * @param transport the one that it holds for
 * @param model the one network that it holds for; null for all
 * @param workers the one number of workers that it holds for; null for all
 */
record ExchangeBar(
        String transport,
        Quantity quantity,
        double bound,
        @Nullable BenchModel model,
        @Nullable Integer workers) implements Required {

    private static final double MILLIS = 1e3;

    /** What was measured, round by round; none where it says nothing on this requirement. */
    Optional<List<Double>> values(Measurement measured) {
        if (!measured.transport().equals(transport)
                || (model != null && !measured.model().equals(model.title()))
                || (workers != null && measured.workers() != workers)) {
            return Optional.empty();
        }
        return switch (quantity) {
            case EXCHANGE_MILLIS ->
                Optional.of(measured.seconds().stream()
                        .map(seconds -> seconds * MILLIS)
                        .toList());
            case WIRE_EXCESS -> measured.wireExcess();
            default -> throw new IllegalStateException("Cannot judge an exchange by " + quantity);
        };
    }

    @Override
    public String title() {
        String crew = (workers == null ? "any number of processes" : workers + " processes")
                + (transport.equals(Transport.ONE_MACHINE) ? " of one machine" : "");
        return switch (quantity) {
            case EXCHANGE_MILLIS -> "exchange and update among %s take at most %s ms".formatted(crew, number());
            case WIRE_EXCESS ->
                "bytes on the wire among %s are within %s of 2 (W - 1) / W gradients".formatted(crew, number());
            default -> throw new IllegalStateException("Cannot judge an exchange by " + quantity);
        };
    }
}
