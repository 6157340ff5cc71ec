package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.executor.spark.ProcessorTime;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.Timing;

class PointClockTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double TINY = 1e-9;

    private long now;
    private long cpu = 77 * SECOND;
    private final PointClock points = new PointClock(() -> now, () -> cpu);

    /** Heard of after these seconds, in which the driver computed for so long. */
    private void step(double seconds, double computed) {
        now += (long) (seconds * SECOND);
        cpu += (long) (computed * SECOND);
        points.stepEnded();
    }

    /** A part of ten steps of half a second each, on two workers of one executor. */
    private void part(String executor, double begun, double ended, boolean isPoint) {
        Timing timing = new Timing(5 * SECOND, 0, 0);
        SegmentEnd end = new SegmentEnd(10, Reason.DONE, timing, 1);
        ProcessorTime processor = new ProcessorTime((long) (begun * SECOND), (long) (ended * SECOND));
        List<WorkerEnd> ends = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            ends.add(new WorkerEnd(worker, executor, "a", 1, end, processor, new ArrayList<>()));
        }
        points.ended(ends, 10, isPoint);
    }

    @Test
    void point_pauseIsWhatIsBeyondAStep_processorTimeOfExecutorAndDriverCounts() {
        step(0.5, 0.1);
        step(0.5, 0.1);
        part("3", 100, 104, true);
        step(0.8, 0.2);
        part("3", 105, 109, false);
        RecoveryPoints all = points.all();
        assertThat(all.count()).isEqualTo(1);
        assertThat(all.seconds()).isEqualTo(0.3, within(TINY));
        assertThat(all.cpuSeconds()).isEqualTo(1 + 0.2, within(TINY));
        assertThat(all.allCpuSeconds()).isEqualTo(4 + 1 + 4 + 0.1 + 0.2, within(TINY));
        assertThat(all.cpuShare()).isEqualTo(1.2 / 9.3, within(TINY));
    }

    @Test
    void endOfEpoch_andFailure_areNoPoints() {
        step(0.5, 0);
        part("3", 100, 104, false);
        step(5, 0);
        part("3", 109, 110, true);
        points.failed();
        step(5, 0);
        part("4", 1, 2, false);
        assertThat(points.all().count()).isEqualTo(1);
        assertThat(points.all().seconds()).isZero();
        assertThat(points.all().cpuSeconds()).isZero();
    }

    @Test
    void executorInTheDriversJvm_isCountedOnce() {
        step(0.5, 0);
        part("driver", 100, 104, true);
        step(0.5, 2);
        assertThat(points.all().cpuSeconds()).isEqualTo(2, within(TINY));
        assertThat(points.all().allCpuSeconds()).isEqualTo(2, within(TINY));
    }
}
