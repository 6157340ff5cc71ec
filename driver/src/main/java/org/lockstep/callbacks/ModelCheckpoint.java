package org.lockstep.callbacks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.python.PythonFormat;
import org.lockstep.callbacks.python.PythonTemplate;
import org.lockstep.data.storage.StoredFolder;

/**
 * Writes the model, or its weights, after epochs or after so many batches, as Keras 3's.
 *
 * <p>The file's name is a Python format: {@code "{epoch:02d}-{val_loss:.2f}.keras"}, with {@code epoch} from 1, with {@code
 * batch} from 1 where batches count, and with every log. Its folder is made where it is missing; a file of that name is
 * replaced. With batches as the measure, workers wait for each of them, so that the step saved is exact.
 */
public final class ModelCheckpoint extends Callback {

    private static final int EPOCH = 0;

    private final String filepath;
    private final Monitored monitored = new Monitored("ModelCheckpoint", 0);
    private int verbose;
    private boolean savesBestOnly;
    private boolean savesWeightsOnly;
    private int everyBatches = EPOCH;

    private int currentEpoch;
    private int batchesSinceSaving;
    private int lastBatch = -1;

    private ModelCheckpoint(String filepath) {
        this.filepath = filepath;
        checkSuffix();
    }

    /**
     * Saves after every epoch.
     *
     * @param filepath a local path or a Hadoop URI that ends in {@code .keras}, or in {@code .h5} for Keras's older format, or
     *     in {@code .weights.h5} for {@link #saveWeightsOnly}
     */
    public static ModelCheckpoint of(String filepath) {
        return new ModelCheckpoint(filepath);
    }

    /** The log to watch. Default {@code val_loss}. */
    public ModelCheckpoint monitor(String value) {
        monitored.name(value);
        return this;
    }

    /** 0 is silent, 1 prints. Default 0. */
    public ModelCheckpoint verbose(int value) {
        verbose = value;
        return this;
    }

    /** Whether only a model better than the best is saved. Default false. */
    public ModelCheckpoint saveBestOnly(boolean value) {
        savesBestOnly = value;
        return this;
    }

    /** Whether weights alone are saved. Default false. */
    public ModelCheckpoint saveWeightsOnly(boolean value) {
        savesWeightsOnly = value;
        checkSuffix();
        return this;
    }

    /** {@code min}, {@code max} or {@code auto}, where the log's name decides. Default {@code auto}. */
    public ModelCheckpoint mode(String value) {
        monitored.mode(value);
        return this;
    }

    /** Only {@code epoch}. Default {@code epoch}. */
    public ModelCheckpoint saveFreq(String value) {
        if (!value.equals("epoch")) {
            throw frequency(value);
        }
        everyBatches = EPOCH;
        return this;
    }

    /** Saves after so many batches, counted across epochs. */
    public ModelCheckpoint saveFreq(int batches) {
        if (batches < 1) {
            throw frequency(batches);
        }
        everyBatches = batches;
        return this;
    }

    /** What the first best model must beat. Default none. */
    public ModelCheckpoint initialValueThreshold(@Nullable Double value) {
        monitored.best(value);
        return this;
    }

    /** The best value so far; null before the first. */
    public @Nullable Double best() {
        return monitored.best();
    }

    private static IllegalArgumentException frequency(Object value) {
        return new IllegalArgumentException(
                "Unrecognized save_freq: %s. Expected save_freq are 'epoch' or integer values".formatted(value));
    }

    private void checkSuffix() {
        if (savesWeightsOnly && !filepath.endsWith(".weights.h5")) {
            throw new IllegalArgumentException(
                    ("When using `save_weights_only=True` in `ModelCheckpoint`, the filepath "
                                    + "provided must end in `.weights.h5` (Keras weights format). Received: filepath=%s")
                            .formatted(filepath));
        }
        if (!filepath.endsWith(".keras") && !filepath.endsWith(".h5")) {
            throw new IllegalArgumentException(
                    "The filepath provided must end in `.keras` (Keras model format). Received: filepath=" + filepath);
        }
    }

    /** True where batches count. */
    @Override
    public boolean isSynchronous() {
        return everyBatches != EPOCH;
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        monitored.resolve(model());
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        currentEpoch = epoch;
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        if (everyBatches == EPOCH) {
            return;
        }
        batchesSinceSaving += batch <= lastBatch ? batch + 1 : batch - lastBatch;
        lastBatch = batch;
        if (batchesSinceSaving >= everyBatches) {
            batchesSinceSaving = 0;
            save(currentEpoch, batch, logs);
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        if (everyBatches == EPOCH) {
            save(epoch, null, logs);
        }
    }

    private void save(int epoch, @Nullable Integer batch, Map<String, Double> logs) {
        String path = path(epoch, batch, logs);
        if (!shouldSave(epoch, path, logs)) {
            return;
        }
        if (path.lastIndexOf('/') > 0) {
            StoredFolder.of(path.substring(0, path.lastIndexOf('/'))).create();
        }
        if (savesWeightsOnly) {
            model().saveWeights(path);
        } else {
            model().save(path);
        }
        say(epoch, "finished saving model to " + path);
    }

    private boolean shouldSave(int epoch, String path, Map<String, Double> logs) {
        if (!savesBestOnly) {
            say(epoch, "saving model to " + path);
            return true;
        }
        Double current = monitored.value(logs);
        if (current == null) {
            Output.warn("Can save best model only with %s available.".formatted(monitored.name()));
            return true;
        }
        Double best = monitored.best();
        String before = best == null ? "None" : PythonFormat.format(best, ".5f");
        if (!monitored.isBest(current)) {
            say(epoch, "%s did not improve from %s".formatted(monitored.name(), before));
            return false;
        }
        say(
                epoch,
                "%s improved from %s to %s, saving model to %s"
                        .formatted(monitored.name(), before, PythonFormat.format(current, ".5f"), path));
        monitored.best(current);
        return true;
    }

    private void say(int epoch, String what) {
        if (verbose > 0) {
            Output.print("\nEpoch %d: %s".formatted(epoch + 1, what));
        }
    }

    /**
     * The name of an epoch's or a batch's file.
     *
     * @param epoch 0-based; the name has it from 1
     * @param batch 0-based; null at an epoch's end
     * @param logs what the name may show
     */
    public String path(int epoch, @Nullable Integer batch, Map<String, ? extends Number> logs) {
        Map<String, Object> values = new LinkedHashMap<>(logs);
        values.put("epoch", epoch + 1);
        if (batch != null) {
            values.putIfAbsent("batch", batch + 1);
        }
        try {
            return PythonTemplate.format(filepath, values);
        } catch (PythonTemplate.NoSuchKeyException e) {
            throw new IllegalArgumentException(
                    "Failed to format this callback filepath: \"%s\". Reason: %s".formatted(filepath, e.getMessage()),
                    e);
        }
    }

    @Override
    public Map<String, Object> state() {
        return new Saved()
                .with("best", monitored.best())
                .with("batches_since_saving", batchesSinceSaving)
                .with("last_batch", lastBatch)
                .with("epoch", currentEpoch)
                .values();
    }

    @Override
    public void restore(Map<String, Object> state) {
        Saved saved = new Saved(state);
        monitored.best(saved.number("best"));
        batchesSinceSaving = saved.integer("batches_since_saving", 0);
        lastBatch = saved.integer("last_batch", -1);
        currentEpoch = saved.integer("epoch", 0);
    }
}
