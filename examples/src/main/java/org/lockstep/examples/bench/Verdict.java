package org.lockstep.examples.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.Statistics.Interval;

/**
 * A requirement that was measured.
 *
 * @param model the network's name
 * @param batch of the contest; null where the requirement is on no contest
 * @param median over the rounds, which decides
 */
record Verdict(Required required, String model, @Nullable Integer batch, double median, Interval interval) {

    /** The verdict on what the rounds gave. */
    static Verdict of(Required required, String model, @Nullable Integer batch, List<Double> values) {
        return new Verdict(required, model, batch, Statistics.median(values), Statistics.medianInterval(values));
    }

    boolean passed() {
        return required.quantity().passes(median, required.bound());
    }

    /** Model and batch, in words. */
    String subject() {
        return batch == null ? model : "%s, batch %d".formatted(model, batch);
    }
}
