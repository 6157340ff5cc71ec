package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.RunParams;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.data.DataSource;
import org.lockstep.data.TrainingData;
import org.lockstep.data.Window;
import org.lockstep.driver.checkpoint.RunIdentity;
import org.lockstep.driver.launch.CountingLauncher;
import org.lockstep.driver.launch.Evaluation;
import org.lockstep.driver.launch.Kernels;
import org.lockstep.driver.launch.Launcher;
import org.lockstep.driver.launch.Launchers;
import org.lockstep.driver.plan.FitRules;
import org.lockstep.driver.plan.HeldOut;
import org.lockstep.driver.plan.Schedule;
import org.lockstep.driver.plan.TrainPlan;
import org.lockstep.driver.plan.Version;
import org.lockstep.executor.Cursor;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;

/** One call of {@code fit}, {@code fit_generator} or {@code evaluate}: what it checks, plans, runs and closes. */
final class Fit {

    private final SparkModel model;
    private final FitConf conf;
    private final Version version;
    private final SkippedBySource skipped = new SkippedBySource();
    private final String runId = UUID.randomUUID().toString();

    Fit(SparkModel model, FitConf conf, Version version) {
        this.model = model;
        this.conf = conf;
        this.version = version;
    }

    History run(TrainingData data, @Nullable TrainingData held, List<Callback> callbacks) {
        TrainPlan plan = model.plan(version == Version.KERAS3 ? "fit" : "fit_generator");
        TrainingData given = sized(data);
        TrainingData validationData = held == null ? null : sized(held);
        FitRules.check(version, conf, given, validationData);
        HeldOut parts =
                HeldOut.of(version, given, validationData, conf.validation().split());
        LogNames names = names();
        RunCallbacks events = new RunCallbacks(callbacks, Console.of(conf.verbose(), model.spark()), names);
        FitRules.warnings(version, conf, parts).forEach(events::warn);
        Schedule schedule = plan.schedule(conf, version, parts.training());
        RunOrder order = plan.training(
                runId, conf, version, parts.training(), schedule, events.list().isSynchronous());
        TrainState before = model.state(conf.seed());
        model.keep(before.copy());
        model.begin(events.history());
        Window first = schedule.window(conf.initialEpoch());
        Progress progress = new Progress(names, first);
        Kernels kernels = new Kernels(model.cluster().acceptOtherKernels());
        Checkpoints checkpoints = new Checkpoints(
                model,
                () -> identity(order, parts.training()),
                progress,
                schedule,
                events,
                origin(order, parts),
                kernels);
        events.introduce(
                new ModelInTraining(model, checkpoints),
                new RunParams(conf.verbose(), conf.epochs(), steps(order, first)));
        FitTimes times = new FitTimes();
        events.history()
                .reporter(new FitReport(model, order, conf, events.history(), times, parts.validation())::write);
        TrainingLoop loop =
                new TrainingLoop(model, order, schedule, conf.validation(), progress, events, checkpoints, times);
        try (Launcher launcher = launcher(order, parts.training(), kernels);
                Validation validation = validation(plan, parts.validation(), names)) {
            loop.run(launcher, validation);
            events.history().recovered(launcher.recoveries());
            events.history().recoveryPoints(launcher.recoveryPoints());
            times.workers(launcher.workers());
            launcher.warnings().forEach(events.history()::warned);
        }
        skipped.report(events);
        return events.history();
    }

    private Cursor origin(RunOrder order, HeldOut parts) {
        Window begin = Window.of(conf.initialEpoch(), 0);
        int shards = order.shards().size();
        return new Cursor(begin, 0, conf.seed(), shards, batchSize(parts.training()), order.threads());
    }

    /** Samples of a global batch; 0 where the data make the batches. */
    private int batchSize(TrainingData data) {
        return data instanceof DataSource ? conf.samplesPerBatch() : 0;
    }

    /** All settings that the bits hang on. */
    private RunIdentity identity(RunOrder order, TrainingData data) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("batch_size", batchSize(data));
        settings.put("shuffle", order.batches().shuffle());
        settings.put("seed", Long.toString(conf.seed()));
        settings.put("shards", order.shards().size());
        settings.put("initial_epoch", conf.initialEpoch());
        settings.put("steps_per_epoch", String.valueOf(conf.stepsPerEpoch()));
        settings.put("class_weight", String.valueOf(conf.classWeight()));
        settings.put("engine", order.engine().name());
        settings.put("threads_per_shard", order.threads());
        NetworkConf.Wire wire = model.cluster().network().wire();
        if (wire != NetworkConf.Wire.FLOAT32) {
            settings.put("wire", wire.name());
        }
        settings.put("validation_split", conf.validation().split());
        settings.put("version", version.name());
        settings.put("data", name(data));
        settings.put("data_fingerprint", data.fingerprint());
        settings.put(
                "data_length",
                String.valueOf(data.batches(order.batches(), order.shards().size())));
        return new RunIdentity(model.model(), model.compiled("fit"), settings);
    }

    /** The class; that of a lambda is numbered anew by each process. */
    private static String name(TrainingData data) {
        return data.getClass().getName().replaceFirst("\\$\\$Lambda.*", "\\$\\$Lambda");
    }

    /** Updates of an epoch; null where nobody knows. */
    private static @Nullable Integer steps(RunOrder order, @Nullable Window first) {
        int steps = first == null ? 0 : order.updates(first);
        return steps == Integer.MAX_VALUE ? null : Integer.valueOf(steps);
    }

    private Launcher launcher(RunOrder order, TrainingData data, Kernels kernels) {
        Launcher plain = Launchers.of(model.spark(), order, model.cluster(), kernels);
        return new CountingLauncher(plain, skipped.of(data));
    }

    private @Nullable Validation validation(TrainPlan plan, @Nullable TrainingData data, LogNames names) {
        if (data == null) {
            return null;
        }
        int runs = Math.max(1, conf.epochs() - conf.initialEpoch());
        RunOrder order = plan.evaluation(runId, conf, version, data, runs);
        return new Validation(new Evaluation(model.spark(), order, skipped.of(data)), names, false);
    }

    /** Images of no size of their own get that of the model's input. */
    private TrainingData sized(TrainingData data) {
        return data instanceof DataSource source
                ? source.sizedFor(model.model().inputShape().sample())
                : data;
    }

    Map<String, Double> evaluate(TrainingData given, List<Callback> callbacks) {
        TrainingData data = sized(given);
        TrainPlan plan = model.plan("evaluate");
        FitRules.checkEvaluation(conf, data);
        LogNames names = names();
        RunCallbacks events = new RunCallbacks(callbacks, Console.of(conf.verbose(), model.spark()), names);
        RunOrder order = plan.evaluation(runId, conf, version, data, 1);
        events.introduce(
                model,
                new RunParams(conf.verbose(), 1, steps(order, order.windows().get(0))));
        TrainState state = model.state(conf.seed());
        boolean isWatched = conf.verbose().isBar();
        Evaluation evaluation = new Evaluation(model.spark(), order, skipped.of(data));
        try (Validation validation = new Validation(evaluation, names, isWatched)) {
            Map<String, Double> logs = validation.run(state, events.list());
            skipped.report(events);
            return logs;
        }
    }

    private LogNames names() {
        return new LogNames(model.compiled("fit").logged(), version);
    }
}
