package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;

class RaceTest {

    private final List<String> calls = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    /** A side whose rounds take as long as it is told, each longer than the one before. */
    private final class Scripted implements Side {

        private final String name;
        private final double seconds;
        private int rounds;

        Scripted(String name, double seconds) {
            this.name = name;
            this.seconds = seconds;
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public Round round() {
            calls.add(name);
            rounds++;
            return new Round(seconds * rounds, 120);
        }

        @Override
        public void close() {}
    }

    @Test
    void run_alternatesAndLeavesWarmUpsOut() {
        Race race = new Race(List.of(lane("limit", 1), lane("ours", 2), lane("peer", 4)), progress::add);

        List<List<Round>> rounds = race.run(1, 0, 2);

        assertThat(calls).containsExactly("limit", "ours", "peer", "limit", "ours", "peer", "peer", "ours", "limit");
        assertThat(rounds)
                .containsExactly(
                        List.of(new Round(2, 120), new Round(3, 120)),
                        List.of(new Round(4, 120), new Round(6, 120)),
                        List.of(new Round(8, 120), new Round(12, 120)));
        assertThat(progress)
                .containsExactly(
                        "round 1/2, images/s: limit 60, ours 30, peer 15",
                        "round 2/2, images/s: limit 40, ours 20, peer 10");
    }

    @Test
    void run_warmsUpUntilEachSideHasWorkedSoLong() {
        Race race = new Race(List.of(lane("fast", 1), lane("slow", 10)), progress::add);

        List<List<Round>> rounds = race.run(2, 6, 1);

        // The fast side's first three rounds take 1, 2 and 3 seconds.
        assertThat(calls).containsExactly("fast", "slow", "slow", "fast", "fast", "fast", "slow");
        assertThat(rounds).containsExactly(List.of(new Round(4, 120)), List.of(new Round(30, 120)));
    }

    @Test
    void run_withoutWarmUp_countsTheFirstRound() {
        Race race = new Race(List.of(lane("ours", 1)), progress::add);

        assertThat(race.run(0, 0, 1)).containsExactly(List.of(new Round(1, 120)));
    }

    private Race.Lane lane(String name, double seconds) {
        return new Race.Lane(name, new Scripted(name, seconds));
    }
}
