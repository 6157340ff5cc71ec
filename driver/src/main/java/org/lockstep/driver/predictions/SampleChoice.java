package org.lockstep.driver.predictions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which samples are shown: up to half of them the most confident mistakes, the rest right ones, the first of every class
 * before the second of any. Where one kind is too few, the other fills the places. Holds few images at a time.
 */
final class SampleChoice {

    /** Samples shown. */
    static final int LIMIT = 24;

    private static final Comparator<Sample> CONFIDENCE =
            Comparator.comparingDouble(Sample::probability).reversed().thenComparingLong(Sample::index);

    private final PriorityQueue<Sample> mistakes = new PriorityQueue<>(CONFIDENCE.reversed());
    private final List<Ranked> right = new ArrayList<>();
    private final int[] seen;
    private final int ofEachClass;

    SampleChoice(int classes) {
        seen = new int[classes];
        ofEachClass = (LIMIT + classes - 1) / classes;
    }

    /** Whether the sample may be shown; only then its image is asked for. */
    boolean wants(int truth, int predicted, double probability) {
        if (truth == predicted) {
            return seen[truth] < ofEachClass && right.size() < 2 * LIMIT;
        }
        Sample least = mistakes.peek();
        return mistakes.size() < LIMIT || least == null || probability > least.probability();
    }

    void add(Sample sample) {
        if (sample.isRight()) {
            right.add(new Ranked(seen[sample.truth()]++, sample));
            return;
        }
        mistakes.add(sample);
        if (mistakes.size() > LIMIT) {
            mistakes.remove();
        }
    }

    List<Sample> chosen() {
        List<Sample> wrong = mistakes.stream().sorted(CONFIDENCE).toList();
        List<Sample> found = right.stream()
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparingInt(each -> each.sample().truth()))
                .map(Ranked::sample)
                .toList();
        int mistaken = Math.min(wrong.size(), Math.max(LIMIT / 2, LIMIT - found.size()));
        List<Sample> chosen = new ArrayList<>(wrong.subList(0, mistaken));
        chosen.addAll(found.subList(0, Math.min(found.size(), LIMIT - mistaken)));
        return chosen;
    }

    private record Ranked(int rank, Sample sample) {}
}
