package org.lockstep.driver.predictions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How many samples of each class were taken for which. Not thread-safe while it counts. */
public final class Confusion {

    private final List<String> names;
    private final long[][] counts;

    /** No sample yet, of classes with these names. */
    public Confusion(List<String> names) {
        this.names = List.copyOf(names);
        this.counts = new long[names.size()][names.size()];
    }

    /** The names 0, 1, … of classes that have none. */
    static List<String> numbers(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /** Counts one sample. */
    public void add(int truth, int predicted) {
        counts[truth][predicted]++;
    }

    public List<String> names() {
        return names;
    }

    public int classes() {
        return counts.length;
    }

    /** Samples of a class that were taken for another, or for itself. */
    public long count(int truth, int predicted) {
        return counts[truth][predicted];
    }

    /** Samples of a class. */
    public long ofTruth(int truth) {
        return IntStream.range(0, classes())
                .mapToLong(predicted -> counts[truth][predicted])
                .sum();
    }

    /** Samples taken for a class. */
    public long ofPrediction(int predicted) {
        return IntStream.range(0, classes())
                .mapToLong(truth -> counts[truth][predicted])
                .sum();
    }

    public long total() {
        return IntStream.range(0, classes()).mapToLong(this::ofTruth).sum();
    }

    /** Samples whose class was found. */
    public long right() {
        return IntStream.range(0, classes())
                .mapToLong(each -> counts[each][each])
                .sum();
    }

    /** The pairs of classes confused at all, most often first, then in the order of the classes. */
    public List<Pair> confused(int limit) {
        List<Pair> pairs = new ArrayList<>();
        for (int truth = 0; truth < classes(); truth++) {
            for (int predicted = 0; predicted < classes(); predicted++) {
                if (truth != predicted && counts[truth][predicted] > 0) {
                    pairs.add(new Pair(truth, predicted, counts[truth][predicted]));
                }
            }
        }
        pairs.sort(Comparator.comparingLong(Pair::count).reversed());
        return List.copyOf(pairs.subList(0, Math.min(limit, pairs.size())));
    }

    /** A class, the one for which its samples were taken, and how many were. */
    public record Pair(int truth, int predicted, long count) {}
}
