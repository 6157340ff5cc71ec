package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;

/**
 * A requirement on what one benchmark measures. It is judged by the median over the rounds.
 *
 * @param quantity what is compared with the bound
 * @param ours the side that has to pass
 * @param other the side it is compared with; null where the quantity needs none
 * @param models those that it holds for
 * @param batch the one batch size that it holds for; null for all
 */
record Bar(
        Quantity quantity,
        Entrant ours,
        @Nullable Entrant other,
        double bound,
        Set<BenchModel> models,
        @Nullable Integer batch) {

    /** What is compared with a bound. */
    enum Quantity {
        /** Our time per image as a multiple of the other's: at most. */
        TIME_RATIO(true),
        /** Our images per second as a multiple of the other's: at least. */
        SPEED_RATIO(false),
        /** Milliseconds per step: at most. */
        STEP_MILLIS(true),
        /** The part of the time in which training waited for input: at most. */
        STALL_SHARE(true),
        /** Bytes of the JVM's heap allocated in a step: at most. */
        ALLOCATED_BYTES(true);

        private final boolean isUpper;

        Quantity(boolean isUpper) {
            this.isUpper = isUpper;
        }

        /** The name in JSON. */
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isUpper() {
            return isUpper;
        }
    }

    Bar {
        models = EnumSet.copyOf(models);
    }

    /** The values of a contest's rounds; none where a side did not take part or the bar does not hold for the workload. */
    Optional<List<Double>> values(Contest contest) {
        if (!models.contains(contest.workload().model())
                || (batch != null && batch != contest.workload().batch())) {
            return Optional.empty();
        }
        return contest.of(ours).flatMap(side -> values(contest, side)).filter(values -> !values.isEmpty());
    }

    private Optional<List<Double>> values(Contest contest, Measured side) {
        return switch (quantity) {
            case STEP_MILLIS -> Optional.of(contest.stepMillis(side));
            case STALL_SHARE -> Optional.of(stallShares(side));
            case ALLOCATED_BYTES -> Optional.of(side.figure(Round.ALLOCATED));
            case SPEED_RATIO -> rival(contest).map(rival -> Contest.speedRatios(side, rival));
            case TIME_RATIO -> rival(contest).map(rival -> Contest.speedRatios(rival, side));
        };
    }

    private Optional<Measured> rival(Contest contest) {
        return contest.of(Objects.requireNonNull(other));
    }

    private static List<Double> stallShares(Measured side) {
        List<Double> shares = new ArrayList<>();
        for (Round round : side.rounds()) {
            Double stall = round.figures().get(Round.STALL);
            if (stall != null) {
                shares.add(stall / round.seconds());
            }
        }
        return shares;
    }

    boolean passes(double value) {
        return quantity.isUpper() ? value <= bound : value >= bound;
    }

    /** What is required, in words. */
    String title() {
        return switch (quantity) {
            case TIME_RATIO -> "%s takes at most %s x the time of %s".formatted(ours.title(), number(), rival());
            case SPEED_RATIO -> "%s does at least %s x the images/s of %s".formatted(ours.title(), number(), rival());
            case STEP_MILLIS -> "a step of %s takes at most %s ms".formatted(ours.title(), number());
            case STALL_SHARE -> "%s waits for input in at most %s of the time".formatted(ours.title(), number());
            case ALLOCATED_BYTES -> "a step of %s allocates at most %s bytes".formatted(ours.title(), number());
        };
    }

    private String rival() {
        return other == null ? "" : other.title();
    }

    private String number() {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
