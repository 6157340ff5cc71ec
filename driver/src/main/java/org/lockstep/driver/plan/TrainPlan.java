package org.lockstep.driver.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.DataSource;
import org.lockstep.data.Rehearsal;
import org.lockstep.data.Shard;
import org.lockstep.data.TrainingData;
import org.lockstep.data.Window;
import org.lockstep.executor.worker.ClassWeighting;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.Shape;
import org.lockstep.model.Model;

/** Makes the orders of runs from settings and data, and refuses what cannot be run before a cluster is touched. */
public final class TrainPlan {

    private final Model model;
    private final CompileConf compile;
    private final ClusterConf cluster;
    private final int slots;

    /**
     * A plan.
     *
     * @param slots tasks that the cluster runs at once
     */
    public TrainPlan(Model model, CompileConf compile, ClusterConf cluster, int slots) {
        this.model = model;
        this.compile = compile;
        this.cluster = cluster;
        this.slots = slots;
    }

    /** The order of a training run. */
    public RunOrder training(
            String runId, FitConf fit, Version version, TrainingData data, Schedule schedule, boolean isSynchronous) {
        LossRules.check(model, compile.loss());
        int shards = shards(data);
        check(data, shards);
        boolean shuffle = fit.shuffle() && data.canShuffle();
        Map<Integer, Double> weights = fit.classWeight();
        ClassWeighting weighting = weights == null ? null : new ClassWeighting(weights, version == Version.TFKERAS215);
        return order(
                runId + "/training",
                data,
                shards,
                new BatchOrder(
                        fit.samplesPerBatch(),
                        fit.seed(),
                        shuffle,
                        fit.initialEpoch(),
                        rehearsal(version, Rehearsal.WHOLE)),
                schedule.windows(),
                fit.input(),
                weighting,
                isSynchronous);
    }

    /** The epochs of a fit. */
    public Schedule schedule(FitConf fit, Version version, TrainingData data) {
        Long length = data.batches(batchOrder(fit), shards(data));
        if (length != null && length < 1) {
            throw new IllegalArgumentException("Cannot run on " + data + ": it has no samples");
        }
        return Schedule.of(version, length, fit.stepsPerEpoch(), fit.initialEpoch(), fit.epochs());
    }

    /**
     * The order of evaluations, each one pass in the data's own order, on no more shards than samples.
     *
     * @param runs how often the data will be evaluated
     */
    public RunOrder evaluation(String runId, FitConf fit, Version version, TrainingData data, int runs) {
        LossRules.check(model, compile.loss());
        int shards = data instanceof DataSource source
                ? (int) Math.max(1, Math.min(shards(data), source.samples()))
                : shards(data);
        check(data, shards);
        Integer own = fit.validation().batchSize();
        BatchOrder batches = new BatchOrder(
                own == null ? fit.samplesPerBatch() : own, fit.seed(), false, 0, rehearsal(version, Rehearsal.END));
        List<Window> windows = Schedule.validations(
                version, data.batches(batches, shards), fit.validation().steps(), runs);
        return order(runId + "/evaluation", data, shards, batches, windows, fit.input(), null, false);
    }

    /** The order of a prediction, which needs no data. */
    public RunOrder prediction(String runId, int batchSize) {
        BatchOrder batches = new BatchOrder(batchSize, 0, false);
        return new RunOrder(
                runId,
                model,
                compile,
                cluster.engine(),
                cluster.threadsPerShard(),
                List.of(),
                batches,
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
    }

    private RunOrder order(
            String runId,
            TrainingData data,
            int shards,
            BatchOrder batches,
            List<Window> windows,
            InputConf input,
            @Nullable ClassWeighting weighting,
            boolean isSynchronous) {
        List<Shard> pointers = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            pointers.add(data.shard(shard, shards));
        }
        return new RunOrder(
                runId,
                model,
                compile,
                cluster.engine(),
                cluster.threadsPerShard(),
                pointers,
                batches,
                windows,
                data.batchesPerUpdate(shards),
                input,
                weighting,
                isSynchronous);
    }

    private static Rehearsal rehearsal(Version version, Rehearsal ofKeras3) {
        return version == Version.KERAS3 ? ofKeras3 : Rehearsal.NONE;
    }

    private static BatchOrder batchOrder(FitConf fit) {
        return new BatchOrder(fit.samplesPerBatch(), fit.seed(), fit.shuffle(), fit.initialEpoch());
    }

    private void check(TrainingData data, int shards) {
        if (!(data instanceof DataSource source)) {
            return;
        }
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

    /** The shards of a run whose settings name none: one for each task at a time, but no more than there are samples or batches. */
    private int shards(TrainingData data) {
        Integer wanted = cluster.shards();
        if (wanted != null) {
            return wanted;
        }
        if (data instanceof DataSource source) {
            return (int) Math.max(1, Math.min(slots, source.samples()));
        }
        return slots;
    }
}
