package org.lockstep.driver.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.DataSource;
import org.lockstep.data.Shard;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.Shape;
import org.lockstep.model.Sequential;

/** Makes the orders of runs from settings and data, and refuses what cannot be run before a cluster is touched. */
public final class TrainPlan {

    private TrainPlan() {}

    /** The order of a training run over a source cut into shards. */
    public static RunOrder training(
            String runId,
            Sequential model,
            CompileConf compile,
            FitConf fit,
            ClusterConf.Engine engine,
            DataSource source,
            int shards) {
        return order(runId + "/training", model, compile, fit, engine, source, shards, fit.shuffle(), fit.epochs());
    }

    /** The order of an evaluation: one pass in the source's own order, on no more shards than samples. */
    public static RunOrder evaluation(
            String runId,
            Sequential model,
            CompileConf compile,
            FitConf fit,
            ClusterConf.Engine engine,
            DataSource source,
            int shards) {
        int filled = (int) Math.max(1, Math.min(shards, source.samples()));
        return order(runId + "/evaluation", model, compile, fit, engine, source, filled, false, 1);
    }

    /** The order of a prediction, which needs no loss: one that was compiled, or any. */
    public static RunOrder prediction(
            String runId, Sequential model, @Nullable CompileConf compile, ClusterConf.Engine engine, int batchSize) {
        CompileConf any = compile == null ? CompileConf.of("sgd", "mse") : compile;
        BatchOrder batches = new BatchOrder(batchSize, 0, false);
        return new RunOrder(runId, model, any, engine, List.of(), batches, 1, 1, 1);
    }

    private static RunOrder order(
            String runId,
            Sequential model,
            CompileConf compile,
            FitConf fit,
            ClusterConf.Engine engine,
            DataSource source,
            int shards,
            boolean shuffle,
            int epochs) {
        check(model, source, shards);
        BatchOrder batches = new BatchOrder(fit.batchSize(), fit.seed(), shuffle);
        List<Shard> pointers = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            pointers.add(source.shard(shard, shards));
        }
        int steps = Math.toIntExact(-Math.floorDiv(-source.samples(), (long) fit.batchSize()));
        return new RunOrder(runId, model, compile, engine, pointers, batches, steps, epochs, fit.maxQueueSize());
    }

    private static void check(Sequential model, DataSource source, int shards) {
        if (source.samples() < 1) {
            throw new IllegalArgumentException("Cannot run on " + source + ": it has no samples");
        }
        if (shards > source.samples()) {
            throw new IllegalArgumentException(
                    "Invalid `shards`: there must be no more shards than samples. Received: %d shards of %d samples"
                            .formatted(shards, source.samples()));
        }
        Shape expected = model.inputShape();
        int[] found = source.sampleShape();
        boolean fits = expected.rank() == found.length + 1;
        for (int axis = 1; fits && axis < expected.rank(); axis++) {
            fits = !expected.isKnown(axis) || expected.dimension(axis) == found[axis - 1];
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "Input 0 of layer \"%s\" is incompatible with the layer: expected shape=%s, found shape=%s, the samples of %s"
                            .formatted(model.name(), expected, Shape.batchOf(found), source));
        }
    }

    /** The shards of a run whose settings name none: one for each task at a time, but no more than samples. */
    public static int shards(ClusterConf cluster, int slots, DataSource source) {
        Integer wanted = cluster.shards();
        return wanted == null ? (int) Math.max(1, Math.min(slots, source.samples())) : wanted;
    }
}
