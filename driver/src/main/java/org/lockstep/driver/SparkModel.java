package org.lockstep.driver;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.FittedModel;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.InputConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Tensor;
import org.lockstep.data.TrainingData;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.driver.launch.Launchers;
import org.lockstep.driver.plan.TrainPlan;
import org.lockstep.driver.plan.Version;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.report.StepProfile;

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
public final class SparkModel implements FittedModel {

    private final JavaSparkContext spark;
    private final Model model;
    private ClusterConf cluster = ClusterConf.of();
    private @Nullable CompileConf compile;
    private @Nullable TrainState state;
    private @Nullable History history;
    private volatile boolean stopped;

    private SparkModel(Model model, JavaSparkContext spark) {
        this.model = model;
        this.spark = spark;
    }

    /** A built model on a Spark context. */
    public static SparkModel of(Model model, JavaSparkContext spark) {
        model.inputShape();
        return new SparkModel(model, spark);
    }

    /**
     * The model of a {@code .keras} file, or of a file of Keras's older format, {@code .h5} or {@code .hdf5}, compiled and
     * trained as far as it was.
     */
    public static SparkModel load(String path, JavaSparkContext spark) {
        return load(path, spark, true);
    }

    /** The model of a file, compiled as it was where {@code compile} says so; else it is to be compiled anew. */
    public static SparkModel load(String path, JavaSparkContext spark, boolean compile) {
        SavedModel saved = KerasFile.load(path, compile);
        SparkModel loaded = of(saved.model(), spark);
        loaded.compile = saved.compile();
        loaded.state = saved.state();
        return loaded;
    }

    /**
     * Writes a {@code .keras} file, which Keras opens: the model, its weights and how far it is trained. A path that ends in
     * {@code .h5} or {@code .hdf5} gives Keras's older format, with a warning.
     */
    @Override
    public void save(String path) {
        KerasFile.save(path, new SavedModel(model, compile, state(0)));
    }

    @Override
    public Model model() {
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

    /** Trains, without validation unless the settings hold out a part of the data. */
    public History fit(TrainingData data, FitConf fit, Callback... callbacks) {
        return fit(data, fit, null, callbacks);
    }

    /**
     * Trains, and after epochs evaluates on held-out data, as Keras 3's {@code fit} does. When it fails, the model keeps
     * what the epochs before have learned.
     *
     * @param validationData null validates on what {@code validation_split} holds out, or not at all
     * @return the logs of each epoch
     */
    public History fit(TrainingData data, FitConf fit, @Nullable TrainingData validationData, Callback... callbacks) {
        return new Fit(this, fit, Version.KERAS3).run(data, validationData, List.of(callbacks));
    }

    /**
     * Keras's {@code fit_generator}, by the rules of tf.keras 2.15; with its defaults for all that {@code fit} leaves out.
     *
     * @see #fitGenerator(TrainingData, Integer, int, Verbose, List, TrainingData, Integer, Map, int, int, boolean, boolean,
     *     int)
     */
    public History fitGenerator(
            TrainingData generator, FitConf fit, @Nullable TrainingData validationData, Callback... callbacks) {
        return new Fit(this, fit, Version.TFKERAS215).run(generator, validationData, List.of(callbacks));
    }

    /**
     * Keras's {@code fit_generator}, argument by argument.
     *
     * @param generator a {@code Sequence} or a {@code BatchGenerator}
     * @param stepsPerEpoch batches of an epoch; null takes a Sequence's length, and is refused with a plain generator
     * @param epochs the epoch before which training ends
     * @param verbose how much is printed
     * @param callbacks told of the run in their order
     * @param validationData evaluated after each epoch; null validates nothing
     * @param validationSteps batches of a validation; null takes a Sequence's length
     * @param classWeight class numbers to the weights of their losses in training; null weighs none
     * @param maxQueueSize batches in flight for each shard; Keras's default is 10
     * @param workers threads, or child processes, that make batches; Keras's default is 1, and 0 is the training thread
     * @param useMultiprocessing whether batches are made in child processes
     * @param shuffle whether a Sequence's batches come in another order in each epoch
     * @param initialEpoch the first epoch, 0-based
     */
    public History fitGenerator(
            TrainingData generator,
            @Nullable Integer stepsPerEpoch,
            int epochs,
            Verbose verbose,
            List<Callback> callbacks,
            @Nullable TrainingData validationData,
            @Nullable Integer validationSteps,
            @Nullable Map<Integer, Double> classWeight,
            int maxQueueSize,
            int workers,
            boolean useMultiprocessing,
            boolean shuffle,
            int initialEpoch) {
        FitConf fit = FitConf.of()
                .stepsPerEpoch(stepsPerEpoch)
                .epochs(epochs)
                .verbose(verbose)
                .validationSteps(validationSteps)
                .classWeight(classWeight)
                .input(new InputConf(maxQueueSize, workers, useMultiprocessing))
                .shuffle(shuffle)
                .initialEpoch(initialEpoch);
        return fitGenerator(generator, fit, validationData, callbacks.toArray(new Callback[0]));
    }

    /** What the last fit returned; null before the first. */
    public @Nullable History history() {
        return history;
    }

    /** Loss and metrics over data, by name, computed in batches of Keras's default size. */
    public Map<String, Double> evaluate(TrainingData data) {
        return evaluate(data, FitConf.of().verbose(Verbose.SILENT));
    }

    /** Loss and metrics over data, by name; the settings' {@code validation_steps} bound the batches. */
    public Map<String, Double> evaluate(TrainingData data, FitConf fit, Callback... callbacks) {
        return new Fit(this, fit, Version.KERAS3).evaluate(data, List.of(callbacks));
    }

    /**
     * Where the time of a training step goes, layer by layer: medians over a few steps on one shard's first batch of the
     * data, in this JVM, with nothing beside them. The model stays as it is.
     */
    public StepProfile profile(TrainingData data, FitConf fit) {
        return LayerProfile.of(this, data, fit);
    }

    /** The model's outputs for rows of inputs, computed in batches of Keras's default size. */
    public Tensor predict(Tensor x) {
        return predict(x, FitConf.DEFAULT_BATCH_SIZE);
    }

    /** The model's outputs for rows of inputs. */
    public Tensor predict(Tensor x, int batchSize) {
        return predict(x, batchSize, Verbose.SILENT);
    }

    /**
     * The model's outputs for rows of inputs.
     *
     * @param verbose how much is printed
     * @param callbacks told of batches; unlike Keras's, without their outputs
     */
    public Tensor predict(Tensor x, int batchSize, Verbose verbose, Callback... callbacks) {
        CompileConf any = compile == null ? CompileConf.of("sgd", "mse") : compile;
        RunOrder order = new TrainPlan(model, any, cluster, 1)
                .prediction(UUID.randomUUID().toString(), batchSize);
        return new Outputs(this, order, verbose, List.of(callbacks)).of(x);
    }

    JavaSparkContext spark() {
        return spark;
    }

    /** Plans runs of the compiled model. */
    TrainPlan plan(String verb) {
        return new TrainPlan(
                model,
                compiled(verb),
                cluster,
                Launchers.slots(spark, cluster.threadsPerShard()).count());
    }

    ClusterConf cluster() {
        return cluster;
    }

    /** A fit begins. */
    void begin(History newHistory) {
        history = newHistory;
        stopped = false;
    }

    /** The state that training goes on with. */
    TrainState live() {
        return state(0);
    }

    /** Keeps a state without a copy. */
    void keep(TrainState live) {
        state = live;
    }

    /**
     * All that training has changed so far; drawn from the seed where it has not begun. During a fit it is live: the epoch
     * after the next may write into it, so keep a {@link TrainState#copy} of it.
     */
    public TrainState state(long seed) {
        TrainState current = state;
        if (current == null) {
            Optimizer optimizer = compile == null ? Optimizer.of(CompileConf.DEFAULT_OPTIMIZER) : compile.optimizer();
            current = TrainState.initial(model, optimizer, seed);
            state = current;
        }
        return current;
    }

    /** Continues from a state, which must be of an optimizer with the same schedule of the learning rate, or without any. */
    public SparkModel state(TrainState value) {
        if (compile != null
                && !Objects.equals(value.schedule(), compile.optimizer().schedule())) {
            throw new IllegalArgumentException(
                    "Invalid `state`: its learning rate must be by the optimizer's schedule, %s."
                                    .formatted(compile.optimizer().schedule())
                            + " Received: " + value.schedule());
        }
        state = value;
        return this;
    }

    /** All variables, layer by layer, in Keras's layouts; drawn from seed 0 where nothing has drawn or set them before. */
    @Override
    public List<Tensor> getWeights() {
        return WeightTensors.read(model.layout(), state(0));
    }

    /** Sets all variables, in the order of {@link #getWeights}. */
    @Override
    public SparkModel setWeights(List<Tensor> weights) {
        WeightTensors.write(model.layout(), state(0), weights);
        return this;
    }

    @Override
    public long iterations() {
        return state(0).iterations();
    }

    @Override
    public double learningRate() {
        return state(0).learningRate();
    }

    @Override
    public void learningRate(double rate) {
        state(0).learningRate(rate);
    }

    @Override
    public void stopTraining() {
        stopped = true;
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    /** Writes the weights and the optimizer's state to a {@code .weights.h5} file, which Keras opens. */
    @Override
    public void saveWeights(String path) {
        KerasFile.saveWeights(path, new SavedModel(model, compile, state(0)));
    }

    /**
     * Reads the weights, and the optimizer's state where there is one, of a {@code .weights.h5} file, or the weights of a
     * file of Keras's older format, {@code .h5} or {@code .hdf5}.
     */
    @Override
    public void loadWeights(String path) {
        state = KerasFile.loadWeights(path, new SavedModel(model, compile, state(0)))
                .state();
    }

    @Override
    public @Nullable Boolean isHigherBetter(String log) {
        String name = log.startsWith("val_") ? log.substring("val_".length()) : log;
        if (name.equals("loss")) {
            return false;
        }
        return compile == null
                ? null
                : compile.logged().stream()
                        .filter(logged -> logged.name().equals(name))
                        .findFirst()
                        .map(logged -> logged.metric().isHigherBetter())
                        .orElse(null);
    }

    CompileConf compiled(String verb) {
        if (compile == null) {
            throw new IllegalStateException("You must call `compile()` before calling `%s()`.".formatted(verb));
        }
        return compile;
    }
}
