package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;

/** Alternating measurements of sides, so that a machine that grows slower or faster favours none. */
final class Race {

    private final List<Lane> lanes;
    private final Consumer<String> progress;

    /** One side with its name. */
    record Lane(String title, Side side) {}

    /** A race of sides that have started. */
    Race(List<Lane> lanes, Consumer<String> progress) {
        this.lanes = List.copyOf(lanes);
        this.progress = progress;
    }

    /**
     * Warms all sides up, then measures them in turn, in order and backwards alternately.
     *
     * @param warmUps rounds of each side that are not counted
     * @param seconds of work that a side has behind it before it is counted: by further rounds, where those were shorter
     * @return for each side its rounds; the rounds of the same number were measured next to each other
     */
    List<List<Round>> run(int warmUps, int seconds, int rounds) {
        warmUp(warmUps, seconds);
        List<List<Round>> measured = new ArrayList<>();
        lanes.forEach(lane -> measured.add(new ArrayList<>()));
        for (int turn = 0; turn < rounds; turn++) {
            List<Round> row = row(turn);
            for (int i = 0; i < row.size(); i++) {
                measured.get(i).add(row.get(i));
            }
            progress.accept(line(turn + 1, rounds, row));
        }
        return measured.stream().map(List::copyOf).toList();
    }

    private void warmUp(int rounds, int seconds) {
        double[] worked = new double[lanes.size()];
        for (int turn = 0; turn < rounds; turn++) {
            List<Round> row = row(turn);
            for (int i = 0; i < worked.length; i++) {
                worked[i] += row.get(i).seconds();
            }
        }
        for (int i = 0; i < worked.length; i++) {
            while (worked[i] < seconds) {
                worked[i] += lanes.get(i).side().round().seconds();
            }
        }
    }

    private List<Round> row(int turn) {
        Round[] row = new Round[lanes.size()];
        for (int i = 0; i < row.length; i++) {
            int lane = turn % 2 == 0 ? i : row.length - 1 - i;
            row[lane] = lanes.get(lane).side().round();
        }
        return List.of(row);
    }

    private String line(int number, int rounds, List<Round> row) {
        List<String> speeds = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            speeds.add("%s %.0f".formatted(lanes.get(i).title(), row.get(i).imagesPerSecond()));
        }
        return "round %d/%d, images/s: ".formatted(number, rounds)
                + speeds.stream().collect(Collectors.joining(", "));
    }
}
