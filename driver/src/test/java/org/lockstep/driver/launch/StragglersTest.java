package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.exchange.Meeting;
import org.lockstep.executor.rendezvous.Table;
import org.lockstep.executor.spark.ProcessorTime;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.Timing;
import org.lockstep.report.WorkerReport;

class StragglersTest {

    private static final int STEPS = 20;

    private final Stragglers stragglers = new Stragglers();

    /** A part of a segment in which each executor, with one worker, took so long for a shard's part of a step. */
    private void part(int[] shards, double... millis) {
        List<WorkerEnd> ends = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            long own = (long) (millis[i] * 1e6 * STEPS * shards[i]);
            Timing timing = new Timing(own / 2, 77, own - own / 2);
            SegmentEnd end = new SegmentEnd(STEPS, Reason.DONE, timing, 1);
            ends.add(new WorkerEnd(
                    i,
                    Integer.toString(i),
                    "executor %d (a)".formatted(i),
                    shards[i],
                    end,
                    new ProcessorTime(0, 0),
                    new ArrayList<>()));
        }
        stragglers.ended(ends, STEPS);
    }

    private static List<Table.Member> members(int count) {
        List<Table.Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new Table.Member(
                    Integer.toString(i), new Meeting.Address("a", i), List.of(i), Kernel.here("", "onednn", 1)));
        }
        return members;
    }

    @Test
    void slowThreeTimesInARow_isNamedOnceAndGivenFewerShards() {
        int[] two = {2, 2, 2};
        part(two, 10, 30, 11);
        part(two, 10, 30, 11);
        assertThat(stragglers.warnings()).isEmpty();
        assertThat(stragglers.of(members(3), 6)).isEmpty();
        part(two, 10, 30, 11);
        part(two, 10, 30, 11);
        assertThat(stragglers.warnings())
                .containsExactly(
                        "executor 1 (a) is slower than its peers: 30.0 ms for a shard's part of a step, theirs is 10.5 ms");
        assertThat(stragglers.of(members(3), 6)).containsExactly(3, 1, 2);
        // Of the others nothing is known.
        assertThat(stragglers.of(members(9).subList(1, 2), 6)).isEmpty();
    }

    @Test
    void slowOnceInAWhile_isNot() {
        int[] one = {1, 1};
        for (int i = 0; i < 9; i++) {
            part(one, 10, i % 3 == 2 ? 10 : 30);
        }
        assertThat(stragglers.warnings()).isEmpty();
    }

    @Test
    void slowNoMore_evenAgain() {
        int[] two = {2, 2};
        for (int i = 0; i < 3; i++) {
            part(two, 10, 40);
        }
        assertThat(stragglers.of(members(2), 4)).containsExactly(3, 1);
        part(new int[] {3, 1}, 10, 40);
        assertThat(stragglers.of(members(2), 4)).containsExactly(3, 1);
        part(new int[] {3, 1}, 10, 10);
        assertThat(stragglers.of(members(2), 4)).isEmpty();
    }

    @Test
    void noDealIsMuchBetter_even() {
        int[] one = {1, 1, 1};
        for (int i = 0; i < 3; i++) {
            part(one, 10, 19, 10);
        }
        assertThat(stragglers.warnings()).hasSize(1);
        assertThat(stragglers.of(members(3), 3)).isEmpty();
    }

    @Test
    void noise_isNot() {
        for (int i = 0; i < 5; i++) {
            part(new int[] {1, 1}, 0.5, 1.4);
        }
        assertThat(stragglers.warnings()).isEmpty();
    }

    @Test
    void workers_areAddedUpByExecutor() {
        part(new int[] {2, 1}, 10, 20);
        part(new int[] {1, 2}, 10, 20);
        assertThat(stragglers.workers())
                .extracting(WorkerReport::place)
                .containsExactly("executor 0 (a)", "executor 1 (a)");
        WorkerReport first = stragglers.workers().get(0);
        assertThat(first.steps()).isEqualTo(2 * STEPS);
        assertThat(first.shardSteps()).isEqualTo(3 * STEPS);
        assertThat(first.ownMillis()).isEqualTo(10);
    }
}
