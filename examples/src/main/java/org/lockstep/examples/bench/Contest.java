package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Workload;

/** What was measured of some sides on one workload, next to each other. */
record Contest(Workload workload, List<Measured> sides) {

    private static final double MILLIS = 1e3;

    /**
     * One side.
     *
     * @param description what it is, with versions
     * @param accuracy on held-out images, after all its rounds: shows that it learns, and is no contest; or NaN
     */
    record Measured(Entrant entrant, String description, double accuracy, List<Round> rounds) {

        Measured {
            rounds = List.copyOf(rounds);
        }

        List<Double> imagesPerSecond() {
            return rounds.stream().map(Round::imagesPerSecond).toList();
        }

        /** One figure of all rounds; empty where the side has none. */
        List<Double> figure(String key) {
            List<Double> values = new ArrayList<>();
            for (Round round : rounds) {
                Double value = round.figures().get(key);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    Contest {
        sides = List.copyOf(sides);
    }

    /** What was measured of a side, if it took part. */
    Optional<Measured> of(Entrant entrant) {
        return sides.stream().filter(side -> side.entrant() == entrant).findFirst();
    }

    /** Milliseconds that a batch takes, in each round. */
    List<Double> stepMillis(Measured side) {
        return side.rounds().stream()
                .map(round -> MILLIS * round.seconds() * workload.batch() / round.images())
                .toList();
    }

    /** How many times more images per second one side did than another, in each round. */
    static List<Double> speedRatios(Measured ours, Measured other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.rounds().size(); i++) {
            ratios.add(ours.rounds().get(i).imagesPerSecond()
                    / other.rounds().get(i).imagesPerSecond());
        }
        return ratios;
    }

    /** Model and batch, in words. */
    String title() {
        return "%s, batch %d".formatted(workload.model().title(), workload.batch());
    }
}
