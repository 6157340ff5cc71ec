package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lockstep.examples.bench.side.Side;

/** Alternating measurements of two sides, so that a machine that grows slower or faster favours neither. */
final class Race {

    private final Side ours;
    private final Side peer;
    private final int images;
    private final Consumer<String> progress;

    /**
     * A race of two sides that have started.
     *
     * @param images the images of an epoch
     */
    Race(Side ours, Side peer, int images, Consumer<String> progress) {
        this.ours = ours;
        this.peer = peer;
        this.images = images;
        this.progress = progress;
    }

    /** Warms both sides up, then measures them in turn; which goes first alternates too. */
    List<Pair> run(int warmUps, int pairs) {
        for (int i = 0; i < warmUps; i++) {
            measure(i);
        }
        List<Pair> measured = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            Pair pair = measure(i);
            measured.add(pair);
            progress.accept("pair %d/%d: lockstep %.0f images/s, peer %.0f images/s, ratio %.1f"
                    .formatted(i + 1, pairs, pair.ours(), pair.peer(), pair.ratio()));
        }
        return measured;
    }

    private Pair measure(int turn) {
        if (turn % 2 == 0) {
            double first = images / ours.epoch();
            return new Pair(first, images / peer.epoch());
        }
        double first = images / peer.epoch();
        return new Pair(images / ours.epoch(), first);
    }
}
