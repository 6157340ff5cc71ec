package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.QueueReport;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

/**
 * Ends a segment once in a while where its listener keeps recovery points, and goes on with the rest: for launchers that
 * have no points of their own.
 */
record PointLauncher(Launcher launcher, Duration interval) implements Launcher {

    @Override
    public SegmentOutcome run(Segment segment, TrainState state, SegmentListener listener) {
        if (!listener.keepsPoints()) {
            return launcher.run(segment, state, listener);
        }
        TrainState before = null;
        TrainState at = state;
        int from = segment.fromStep();
        List<SegmentOutcome> parts = new ArrayList<>();
        try {
            while (true) {
                Cutting cutting = new Cutting(listener, System.nanoTime() + interval.toNanos());
                SegmentOutcome part = launcher.run(new Segment(segment.window(), from, segment.toStep()), at, cutting);
                parts.add(part);
                boolean isPoint =
                        cutting.isCut && part.reason() == Reason.STOPPED && part.nextStep() < segment.toStep();
                if (!isPoint) {
                    return merged(part, parts);
                }
                before = before == null ? state.copy() : before;
                listener.pointReached(part.state());
                at = part.state();
                from = part.nextStep();
            }
        } catch (RuntimeException e) {
            restore(state, before);
            throw e;
        }
    }

    /** A launcher may have trained on in the memory of the state that the segment began with. */
    private static void restore(TrainState state, @Nullable TrainState before) {
        if (before != null) {
            state.set(before);
        }
    }

    private static SegmentOutcome merged(SegmentOutcome last, List<SegmentOutcome> parts) {
        List<Timing> timings = new ArrayList<>();
        List<QueueReport> queues = new ArrayList<>();
        for (SegmentOutcome part : parts) {
            for (int worker = 0; worker < part.workers().size(); worker++) {
                if (worker == timings.size()) {
                    timings.add(Timing.NONE);
                }
                timings.set(worker, timings.get(worker).plus(part.workers().get(worker)));
            }
            queues.addAll(part.queues());
        }
        return new SegmentOutcome(last.state(), last.nextStep(), last.reason(), last.failure(), timings, queues);
    }

    /** Ends a part when its time has come, unless the listener or an interruption does. */
    private static final class Cutting implements SegmentListener {

        private final SegmentListener listener;
        private final long cutAt;
        private boolean stops;
        private boolean isCut;

        Cutting(SegmentListener listener, long cutAt) {
            this.listener = listener;
            this.cutAt = cutAt;
        }

        @Override
        public boolean stepEnded(StepReport report, TrainState state) throws InterruptedException {
            stops |= !listener.stepEnded(report, state);
            isCut = !stops && System.nanoTime() >= cutAt;
            return !stops && !isCut;
        }
    }

    @Override
    public void close() {
        launcher.close();
    }
}
