package org.lockstep.driver.launch;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.spark.ResidentRuns;
import org.lockstep.executor.spark.SegmentTask;
import org.lockstep.executor.spark.StepChannel;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.Worker.StepListener;

/** One barrier job per segment, its tasks exchanging through the memory of their one JVM: for local masters. */
public final class MemoryLauncher implements Launcher {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;
    private final int workers;

    public MemoryLauncher(JavaSparkContext spark, RunOrder order, int workers, StepListener listener) {
        this.spark = spark;
        this.order = order;
        this.workers = workers;
        this.broadcast = spark.broadcast(order);
        StepChannel.open(order.runId(), listener);
    }

    @Override
    public TrainState run(Segment segment, TrainState state) {
        Broadcast<TrainState> before = spark.broadcast(state);
        try {
            SegmentTask task = new SegmentTask(broadcast, before, segment, workers);
            List<TaskEnd<TrainState>> ends = BarrierJob.run(spark, workers, task::run);
            TrainingException.throwFirst("train epoch " + (segment.epoch() + 1), ends);
            return Objects.requireNonNull(ends.get(0).result());
        } finally {
            before.destroy();
        }
    }

    @Override
    public void close() {
        StepChannel.close(order.runId());
        ResidentRuns.end(order.runId());
        broadcast.destroy();
    }
}
