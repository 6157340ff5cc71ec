package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.NonFiniteException;
import org.lockstep.executor.exchange.StepOutcome;
import org.lockstep.executor.spark.NodeData;
import org.lockstep.executor.spark.StepTask;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.Worker.StepListener;

/**
 * A plain Spark job per step: weights are broadcast, gradient sums come back tagged with the shards that they cover, and
 * the driver adds them up in canonical order and updates. Works on any cluster, slowly.
 */
public final class DriverLauncher implements Launcher {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;
    private final int workers;
    private final StepListener listener;
    private final PlacedJob job;

    public DriverLauncher(JavaSparkContext spark, RunOrder order, int workers, StepListener listener) {
        this.spark = spark;
        this.order = order;
        this.workers = workers;
        this.listener = listener;
        this.job = new PlacedJob(spark, workers);
        this.broadcast = spark.broadcast(order);
    }

    @Override
    public TrainState run(Segment segment, TrainState state) {
        MemoryExchange exchange =
                MemoryExchange.of(order.model(), order.compile().optimizer(), order.tree(), 1, state);
        for (int step = segment.fromStep(); step < segment.toStep(); step++) {
            List<Node> nodes = gradients(segment.epoch(), step, state);
            listener.stepEnded(update(exchange, segment.epoch(), step, nodes).report(segment.epoch(), step));
        }
        return state;
    }

    private List<Node> gradients(int epoch, int step, TrainState state) {
        float[] weights = new float[state.weights().capacity()];
        state.weights().get(0, weights);
        Broadcast<float[]> sent = spark.broadcast(weights);
        try {
            StepTask task = new StepTask(broadcast, sent, epoch, step, workers);
            List<TaskEnd<ArrayList<NodeData>>> ends = job.run(task::run);
            TrainingException.throwFirst("train epoch " + (epoch + 1), ends);
            List<Node> nodes = new ArrayList<>();
            ends.forEach(end -> Objects.requireNonNull(end.result()).forEach(data -> nodes.add(data.node())));
            return nodes;
        } finally {
            sent.destroy();
        }
    }

    private StepOutcome update(MemoryExchange exchange, int epoch, int step, List<Node> nodes) {
        try {
            return exchange.step(0, nodes);
        } catch (NonFiniteException e) {
            throw TrainingException.onDriver("train epoch " + (epoch + 1), e.at(step));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TrainingException.onDriver("train epoch " + (epoch + 1), e);
        }
    }

    @Override
    public void close() {
        EndOfRun.everywhere(spark, order.runId());
        broadcast.destroy();
    }
}
