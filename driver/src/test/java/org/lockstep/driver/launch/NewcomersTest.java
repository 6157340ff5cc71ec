package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NewcomersTest {

    private static final int WANTED = 4;

    private final Executors executors = new Executors();
    private final ColdStart limit = new ColdStart(Duration.ofSeconds(3), Duration.ofSeconds(60));
    private long now = 1;
    private long tick = 1_000;
    private final Newcomers newcomers = new Newcomers(executors, WANTED, limit, () -> now += tick);

    /** Executors that come, go, and are made ready as a test says. */
    private static final class Executors implements Newcomers.Cluster {

        private final Map<String, Newcomers.Place> here = new TreeMap<>();
        private final Map<String, Job> jobs = new HashMap<>();
        private final Set<String> heard = new HashSet<>();
        private final Set<String> atWork = new HashSet<>();
        private final List<String> replaced = new ArrayList<>();

        void come(String executor, int slots) {
            here.put(executor, new Newcomers.Place("host-" + executor, slots));
        }

        @Override
        public Map<String, Newcomers.Place> executors() {
            return here;
        }

        @Override
        public boolean hears(String executor) {
            return heard.contains(executor);
        }

        @Override
        public Newcomers.Preparation prepare(String executor, Newcomers.Place place) {
            assertThat(jobs).doesNotContainKey(executor);
            atWork.add(executor);
            Job job = new Job();
            jobs.put(executor, job);
            return job;
        }

        Job job(String executor) {
            return Objects.requireNonNull(jobs.get(executor));
        }

        void done(String executor) {
            job(executor).isDone = true;
            atWork.remove(executor);
        }

        @Override
        public boolean isAtWork(String executor) {
            return atWork.contains(executor);
        }

        @Override
        public void replace(String executor, String reason) {
            // It is there for a while.
            replaced.add(reason);
        }
    }

    private static final class Job implements Newcomers.Preparation {
        private boolean isDone;
        private boolean isCancelled;

        @Override
        public boolean isDone() {
            return isDone;
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }

    @Test
    void firstAttempt_takesAllThatThereAre_andMakesNobodyReady() {
        executors.come("0", 2);
        executors.come("1", 1);
        newcomers.look();
        assertThat(executors.jobs).isEmpty();
        assertThat(newcomers.slots(3)).isEqualTo(3);
    }

    @Test
    void newcomer_takesPartWhenItIsReady() {
        executors.come("0", 1);
        executors.come("1", 1);
        newcomers.tookPart(List.of("0", "1"));
        executors.here.remove("1");
        executors.come("2", 2);
        newcomers.look();
        newcomers.look();
        assertThat(executors.jobs).containsOnlyKeys("2");
        assertThat(newcomers.slots(3)).isEqualTo(1);
        executors.done("2");
        newcomers.look();
        assertThat(newcomers.slots(3)).isEqualTo(3);
    }

    @Test
    void allThatWereReadyAreGone_newcomersArePartAtOnce() {
        executors.come("0", 1);
        newcomers.tookPart(List.of("0"));
        executors.come("1", 1);
        newcomers.look();
        executors.here.remove("0");
        newcomers.look();
        assertThat(newcomers.slots(1)).isEqualTo(1);
    }

    @Test
    void moreThanTheRunCanUse_areLeftAlone() {
        executors.come("0", 2);
        newcomers.tookPart(List.of("0"));
        executors.come("1", 1);
        executors.come("2", 1);
        executors.come("3", 1);
        newcomers.look();
        assertThat(executors.jobs).containsOnlyKeys("1", "2");
    }

    @Test
    void newcomerThatNeverCalls_isReplacedAfterTheLimit_theNextHasMoreTime() {
        executors.come("0", 1);
        newcomers.tookPart(List.of("0"));
        limit.took(Duration.ofSeconds(1));
        executors.come("1", 1);
        newcomers.look();
        now += Duration.ofSeconds(17).toNanos();
        newcomers.look();
        assertThat(executors.replaced).isEmpty();
        now += Duration.ofSeconds(2).toNanos();
        newcomers.look();
        assertThat(executors.replaced)
                .containsExactly(
                        "executor 1 (host-1) was given a task 19.0 seconds ago, and has not called the driver");
        assertThat(executors.job("1").isCancelled).isTrue();
        newcomers.look();
        executors.here.remove("1");

        executors.come("2", 1);
        newcomers.look();
        now += Duration.ofSeconds(30).toNanos();
        newcomers.look();
        assertThat(executors.replaced).hasSize(1);
        now += Duration.ofSeconds(10).toNanos();
        newcomers.look();
        assertThat(executors.replaced).hasSize(2);
    }

    @Test
    void newcomerThatHasCalled_mayTakeItsTime() {
        executors.come("0", 1);
        newcomers.tookPart(List.of("0"));
        executors.come("1", 1);
        newcomers.look();
        executors.heard.add("1");
        now += Duration.ofMinutes(2).toNanos();
        newcomers.look();
        assertThat(executors.replaced).isEmpty();
        assertThat(newcomers.slots(2)).isEqualTo(1);
    }

    @Test
    void close_cancels_andReplacesWhoDoesNotEnd() {
        executors.come("0", 1);
        newcomers.tookPart(List.of("0"));
        executors.come("1", 1);
        newcomers.look();
        tick = Duration.ofSeconds(4).toNanos();
        newcomers.close();
        assertThat(executors.job("1").isCancelled).isTrue();
        assertThat(executors.replaced).containsExactly("its task does not end");
    }

    @Test
    void close_interrupted_cancelsAndDoesNotWait() {
        executors.come("0", 1);
        newcomers.tookPart(List.of("0"));
        executors.come("1", 1);
        newcomers.look();
        Thread.currentThread().interrupt();
        newcomers.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(executors.job("1").isCancelled).isTrue();
        assertThat(executors.replaced).isEmpty();
    }

    @Test
    void coldStart_followsTheSlowestThatWasSeen() {
        assertThat(limit.isOver(Duration.ofSeconds(59))).isFalse();
        assertThat(limit.isOver(Duration.ofSeconds(61))).isTrue();
        limit.took(Duration.ofSeconds(2));
        assertThat(limit.isOver(Duration.ofSeconds(17))).isFalse();
        assertThat(limit.isOver(Duration.ofSeconds(19))).isTrue();
        limit.took(Duration.ofSeconds(10));
        limit.took(Duration.ofSeconds(1));
        assertThat(limit.isOver(Duration.ofSeconds(29))).isFalse();
        assertThat(limit.isOver(Duration.ofSeconds(31))).isTrue();
        limit.took(Duration.ofSeconds(40));
        assertThat(limit.isOver(Duration.ofSeconds(61))).isTrue();
    }
}
