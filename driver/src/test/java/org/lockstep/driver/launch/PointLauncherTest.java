package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Window;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.report.QueueReport;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

class PointLauncherTest {

    private static final int STEPS = 10;
    private static final Timing STEP = new Timing(3, 2, 1);

    private final TrainState begin =
            TrainState.initial(Sequential.of(Input.of(2), Dense.of(1)), Optimizer.of("sgd"), 0);
    private final Segment segment = new Segment(Window.of(4, STEPS), 2, STEPS);

    /**
     * Counts iterations in one of two states, the other of which it was given; does one step more than it is told to, as a
     * worker that is ahead; and fails at a step.
     */
    private record InTwoStates(TrainState one, TrainState other, int failsAt) implements Launcher {

        @Override
        public SegmentOutcome run(Segment part, TrainState before, SegmentListener listener) {
            TrainState state = before == one ? other : one;
            state.set(before);
            assertThat(part.window()).isEqualTo(Window.of(4, STEPS));
            boolean goesOn = true;
            int step = part.fromStep();
            for (boolean last = false; step < part.toStep() && !last; step++) {
                last = !goesOn;
                if (step == failsAt) {
                    throw new IllegalStateException("the machine is on fire");
                }
                state.iterations(state.iterations() + 1);
                goesOn &= told(listener, step, state);
            }
            Reason reason = goesOn ? Reason.DONE : Reason.STOPPED;
            QueueReport queue = new QueueReport(0, step - part.fromStep(), 0, 0, 0, 0, 0, List.of());
            return new SegmentOutcome(state, step, reason, null, List.of(STEP, Timing.NONE), List.of(queue));
        }

        private static boolean told(SegmentListener listener, int step, TrainState state) {
            try {
                return listener.stepEnded(new StepReport(4, step, 1, 0.5, new double[0], Timing.NONE), state);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {}
    }

    /** Notes steps and points, and stops at a step. */
    private static final class Listener implements SegmentListener {

        private final boolean keeps;
        private final int stopsAt;
        private final List<Integer> steps = new ArrayList<>();
        private final List<Long> points = new ArrayList<>();

        Listener(boolean keeps, int stopsAt) {
            this.keeps = keeps;
            this.stopsAt = stopsAt;
        }

        @Override
        public boolean stepEnded(StepReport report, TrainState state) {
            steps.add(report.step());
            return report.step() != stopsAt;
        }

        @Override
        public boolean keepsPoints() {
            return keeps;
        }

        @Override
        public void pointReached(TrainState state) {
            points.add(state.iterations());
        }
    }

    private SegmentOutcome run(int failsAt, Duration interval, Listener listener) {
        try (Launcher launcher = new PointLauncher(new InTwoStates(begin, begin.copy(), failsAt), interval)) {
            return launcher.run(segment, begin, listener);
        }
    }

    @Test
    void pointsAreDue_afterEachPartAndTheWholeIsOne() {
        Listener listener = new Listener(true, -1);
        SegmentOutcome outcome = run(-1, Duration.ZERO, listener);
        assertThat(listener.steps).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(listener.points).containsExactly(2L, 4L, 6L);
        assertThat(outcome.reason()).isEqualTo(Reason.STOPPED);
        assertThat(outcome.nextStep()).isEqualTo(STEPS);
        assertThat(outcome.workers()).containsExactly(new Timing(12, 8, 4), Timing.NONE);
        assertThat(outcome.queues()).hasSize(4);
    }

    @Test
    void listenerStops_isTheEnd() {
        Listener listener = new Listener(true, 4);
        SegmentOutcome outcome = run(-1, Duration.ZERO, listener);
        assertThat(listener.steps).containsExactly(2, 3, 4, 5);
        assertThat(listener.points).containsExactly(2L);
        assertThat(outcome.reason()).isEqualTo(Reason.STOPPED);
        assertThat(outcome.nextStep()).isEqualTo(6);
    }

    @Test
    void nobodyKeepsPoints_orNoneIsDue_oneRun() {
        for (Listener listener : List.of(new Listener(false, -1), new Listener(true, -1))) {
            SegmentOutcome outcome = run(-1, listener.keeps ? Duration.ofDays(1) : Duration.ZERO, listener);
            assertThat(outcome.reason()).isEqualTo(Reason.DONE);
            assertThat(outcome.queues()).hasSize(1);
            assertThat(listener.points).isEmpty();
        }
    }

    @Test
    void failsAfterAPoint_theStateIsAsBefore() {
        String before = begin.sha256();
        assertThatThrownBy(() -> run(8, Duration.ZERO, new Listener(true, -1))).hasMessage("the machine is on fire");
        assertThat(begin.iterations()).isZero();
        assertThat(begin.sha256()).isEqualTo(before);
    }
}
