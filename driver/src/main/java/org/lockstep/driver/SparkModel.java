package org.lockstep.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.data.DataSource;
import org.lockstep.data.Tensor;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.driver.launch.Evaluation;
import org.lockstep.driver.launch.Launcher;
import org.lockstep.driver.launch.Launchers;
import org.lockstep.driver.launch.Prediction;
import org.lockstep.driver.plan.TrainPlan;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.metrics.Metric;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.callbacks.History;

/**
 * A model with Keras's verbs, trained on Spark in synchronous data-parallel steps.
 *
 * <pre>
 * SparkModel model = SparkModel.of(Sequential.of(…), spark);
 * model.compile("adam", "sparse_categorical_crossentropy", "accuracy");
 * History history = model.fit(digits, FitConf.of().batchSize(64).epochs(5), heldOut);
 * </pre>
 *
 * <p>With the same seed and the same number of shards, training gives the same weights to the bit, whatever the cluster.
 * The Spark context stays the caller's. For one thread.
 */
public final class SparkModel {

    private final JavaSparkContext spark;
    private final Sequential model;
    private ClusterConf cluster = ClusterConf.of();
    private @Nullable CompileConf compile;
    private @Nullable TrainState state;

    private SparkModel(Sequential model, JavaSparkContext spark) {
        this.model = model;
        this.spark = spark;
    }

    /** A built model on a Spark context. */
    public static SparkModel of(Sequential model, JavaSparkContext spark) {
        model.inputShape();
        return new SparkModel(model, spark);
    }

    /** The model of a {@code .keras} file, compiled and trained as far as it was. */
    public static SparkModel load(String path, JavaSparkContext spark) {
        SavedModel saved = KerasFile.load(path);
        SparkModel loaded = of(saved.model(), spark);
        loaded.compile = saved.compile();
        loaded.state = saved.state();
        return loaded;
    }

    /** Writes a {@code .keras} file, which Keras opens: the model, its weights and how far it is trained. */
    public void save(String path) {
        KerasFile.save(path, new SavedModel(model, compile, state(0)));
    }

    /** The model as a value. */
    public Sequential model() {
        return model;
    }

    /** The model's layers, shapes and parameter counts as Keras prints them. */
    public String summary() {
        return model.summary();
    }

    /** How the following calls use the cluster. */
    public SparkModel on(ClusterConf value) {
        cluster = value;
        return this;
    }

    /** Sets optimizer, loss and metrics by Keras's names. */
    public SparkModel compile(String optimizer, String loss, String... metrics) {
        return compile(CompileConf.of(optimizer, loss, metrics));
    }

    /** Sets optimizer, loss and metrics; weights stay, the optimizer's state begins anew. */
    public SparkModel compile(CompileConf value) {
        compile = value;
        TrainState before = state;
        if (before != null) {
            TrainState fresh = TrainState.create(model.layout(), value.optimizer());
            fresh.weights().put(0, before.weights(), 0, before.weights().capacity());
            state = fresh;
        }
        return this;
    }

    /** Trains on a source, without validation. */
    public History fit(DataSource source, FitConf fit, Callback... callbacks) {
        return fit(source, fit, null, callbacks);
    }

    /**
     * Trains on a source cut into shards, and after each epoch evaluates on held-out samples. When it fails, the model
     * keeps what the epochs before have learned.
     *
     * @return the logs of each epoch
     */
    public History fit(DataSource source, FitConf fit, @Nullable DataSource validationData, Callback... callbacks) {
        CompileConf compiled = compiled("fit");
        int slots = Launchers.slots(spark);
        String runId = UUID.randomUUID().toString();
        RunOrder order = TrainPlan.training(
                runId, model, compiled, fit, cluster.engine(), source, TrainPlan.shards(cluster, slots, source));
        RunOrder held = validationData == null ? null : evaluationOrder(runId, fit, validationData);
        TrainState before = state(fit.seed());
        List<Callback> all = new ArrayList<>(List.of(callbacks));
        Console.of(fit.verbose()).ifPresent(all::add);
        History history = new History();
        TrainingLoop loop = new TrainingLoop(order, all, metricNames(compiled));
        try (Launcher launcher = Launchers.of(spark, order, cluster.exchange(), loop);
                Evaluation validation = held == null ? null : new Evaluation(spark, held)) {
            loop.run(launcher, validation, before.copy(), fit.initialEpoch(), history, this::state);
        }
        return history;
    }

    /** Loss and metrics over a source, by name, computed in batches of Keras's default size. */
    public Map<String, Double> evaluate(DataSource source) {
        return evaluate(source, FitConf.of());
    }

    /** Loss and metrics over a source, by name. */
    public Map<String, Double> evaluate(DataSource source, FitConf fit) {
        RunOrder order = evaluationOrder(UUID.randomUUID().toString(), fit, source);
        try (Evaluation evaluation = new Evaluation(spark, order)) {
            return EvaluationLogs.of(evaluation, order, state(fit.seed()), metricNames(order.compile()));
        }
    }

    /** The model's outputs for rows of inputs, computed in batches of Keras's default size. */
    public Tensor predict(Tensor x) {
        return predict(x, FitConf.of().batchSize());
    }

    /** The model's outputs for rows of inputs. */
    public Tensor predict(Tensor x, int batchSize) {
        RunOrder order =
                TrainPlan.prediction(UUID.randomUUID().toString(), model, compile, cluster.engine(), batchSize);
        return Prediction.run(spark, order, EvaluationLogs.weights(state(0)), x);
    }

    private RunOrder evaluationOrder(String runId, FitConf fit, DataSource source) {
        int shards = TrainPlan.shards(cluster, Launchers.slots(spark), source);
        return TrainPlan.evaluation(runId, model, compiled("evaluate"), fit, cluster.engine(), source, shards);
    }

    /** All that training has changed so far; drawn from the seed where it has not begun. */
    public TrainState state(long seed) {
        TrainState current = state;
        if (current == null) {
            Optimizer optimizer = compile == null ? Optimizer.of(CompileConf.DEFAULT_OPTIMIZER) : compile.optimizer();
            current = TrainState.initial(model, optimizer, seed);
            state = current;
        }
        return current;
    }

    /** Continues from a state. */
    public SparkModel state(TrainState value) {
        state = value;
        return this;
    }

    /** All variables, layer by layer, in Keras's layouts; drawn from seed 0 where nothing has drawn or set them before. */
    public List<Tensor> getWeights() {
        return WeightTensors.read(model.layout(), state(0));
    }

    /** Sets all variables, in the order of {@link #getWeights}. */
    public SparkModel setWeights(List<Tensor> weights) {
        WeightTensors.write(model.layout(), state(0), weights);
        return this;
    }

    private CompileConf compiled(String verb) {
        if (compile == null) {
            throw new IllegalStateException("You must call `compile()` before calling `%s()`.".formatted(verb));
        }
        return compile;
    }

    private static List<String> metricNames(CompileConf compile) {
        return compile.metrics().stream().map(Metric::name).toList();
    }
}
