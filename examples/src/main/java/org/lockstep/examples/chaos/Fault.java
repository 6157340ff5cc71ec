package org.lockstep.examples.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A planned fault.
 *
 * @param gap steps after the end of the one before, at least
 * @param victim which of the executors at work, modulo their number
 * @param seconds until it is undone; 0 for never
 */
record Fault(Kind kind, int gap, int victim, double seconds) {

    private static final int SHORTEST_GAP = 5;
    private static final int LONGEST_GAP = 60;
    private static final double SHORTEST = 4;
    private static final double LONGEST = 12;

    /** The longest gap. */
    static int longestGap() {
        return LONGEST_GAP;
    }

    /** Faults that follow from a seed alone: each kind in turn, in random order within a turn. */
    static List<Fault> plan(int count, long seed, List<Kind> kinds) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        while (faults.size() < count) {
            List<Kind> turn = new ArrayList<>(kinds);
            Collections.shuffle(turn, random);
            turn.stream().limit(count - faults.size()).forEach(kind -> faults.add(one(kind, random)));
        }
        return faults;
    }

    private static Fault one(Kind kind, Random random) {
        int gap = SHORTEST_GAP + random.nextInt(LONGEST_GAP - SHORTEST_GAP);
        int victim = random.nextInt(Integer.MAX_VALUE);
        double pause = SHORTEST + (LONGEST - SHORTEST) * random.nextDouble();
        boolean isForGood = random.nextBoolean();
        double seconds = switch (kind) {
            case KILL -> 0;
            case STOP -> isForGood ? 0 : pause;
            case CUT -> pause;
        };
        return new Fault(kind, gap, victim, seconds);
    }
}
