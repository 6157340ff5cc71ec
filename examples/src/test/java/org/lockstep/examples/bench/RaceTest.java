package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.side.Side;

class RaceTest {

    private final List<String> calls = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    /** A side whose epochs take as long as it is told, each longer than the one before. */
    private final class Scripted implements Side {

        private final String name;
        private final double seconds;
        private int epochs;

        Scripted(String name, double seconds) {
            this.name = name;
            this.seconds = seconds;
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public double epoch() {
            calls.add(name);
            epochs++;
            return seconds * epochs;
        }

        @Override
        public double accuracy() {
            return 1;
        }

        @Override
        public void close() {}
    }

    @Test
    void run_alternatesAndLeavesWarmUpsOut() {
        Race race = new Race(new Scripted("ours", 1), new Scripted("peer", 4), 120, progress::add);

        List<Pair> pairs = race.run(1, 2);

        assertThat(calls).containsExactly("ours", "peer", "ours", "peer", "peer", "ours");
        assertThat(pairs).containsExactly(new Pair(60, 15), new Pair(40, 10));
        assertThat(pairs).extracting(Pair::ratio).containsExactly(4.0, 4.0);
        assertThat(progress)
                .containsExactly(
                        "pair 1/2: lockstep 60 images/s, peer 15 images/s, ratio 4.0",
                        "pair 2/2: lockstep 40 images/s, peer 10 images/s, ratio 4.0");
    }
}
