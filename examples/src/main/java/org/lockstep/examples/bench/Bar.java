package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;

/**
 * A requirement on a side of a contest. It is judged by the median over the rounds.
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
        @Nullable Integer batch)
        implements Required {

    /** Fewer steps say nothing on growth. */
    private static final int MANY_STEPS = 10_000;

    /** The part of the rounds after which a process is taken to have its size. */
    private static final int SETTLED = 5;

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
            case BOUNDARY_MILLIS -> Optional.of(side.figure(Round.BOUNDARY));
            case GC_PAUSE_MILLIS -> Optional.of(longest(side.figure(Round.GC_PAUSE)));
            case GROWTH_BYTES -> Optional.of(growth(side, contest.workload().steps()));
            case SPEED_RATIO -> rival(contest).map(rival -> Contest.speedRatios(side, rival));
            case TIME_RATIO -> rival(contest).map(rival -> Contest.speedRatios(rival, side));
            case EXCHANGE_MILLIS, WIRE_EXCESS -> throw new IllegalStateException("Cannot judge a side by " + quantity);
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

    private static List<Double> longest(List<Double> pauses) {
        return pauses.isEmpty() ? List.of() : List.of(Statistics.max(pauses));
    }

    private static List<Double> growth(Measured side, int steps) {
        List<Double> sizes = side.figure(Round.RESIDENT);
        if (sizes.isEmpty() || (long) sizes.size() * steps < MANY_STEPS) {
            return List.of();
        }
        return List.of(sizes.get(sizes.size() - 1) - sizes.get(sizes.size() / SETTLED));
    }

    @Override
    public String title() {
        return switch (quantity) {
            case TIME_RATIO -> "%s takes at most %s x the time of %s".formatted(ours.title(), number(), rival());
            case SPEED_RATIO -> "%s does at least %s x the images/s of %s".formatted(ours.title(), number(), rival());
            case STEP_MILLIS -> "a step of %s takes at most %s ms".formatted(ours.title(), number());
            case STALL_SHARE -> "%s waits for input in at most %s of the time".formatted(ours.title(), number());
            case ALLOCATED_BYTES -> "a step of %s allocates at most %s bytes".formatted(ours.title(), number());
            case BOUNDARY_MILLIS -> "between two epochs of %s pass at most %s ms".formatted(ours.title(), number());
            case GC_PAUSE_MILLIS ->
                "no garbage collection of %s takes more than %s ms".formatted(ours.title(), number());
            case GROWTH_BYTES ->
                "%s grows by at most %s bytes in %d steps".formatted(ours.title(), number(), MANY_STEPS);
            case EXCHANGE_MILLIS, WIRE_EXCESS -> throw new IllegalStateException("Cannot judge a side by " + quantity);
        };
    }

    private String rival() {
        return other == null ? "" : other.title();
    }
}
