package org.lockstep.callbacks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.tensorboard.EventFile;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.data.Tensor;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.WeightLayout;

/**
 * Writes what TensorBoard shows, as Keras 3's.
 *
 * <p>In the folder {@code train}: {@code epoch_<log>} and {@code epoch_learning_rate} at each epoch, 0-based; {@code
 * batch_<log>}, the epoch's running values, at the batch, counted from 1 over all epochs; {@code <layer>/<weight>/histogram}
 * and {@code …/image}; the model. In the folder {@code validation}: {@code epoch_<log>} without {@code val_}, and {@code
 * evaluation_<log>_vs_iterations} at the optimizer's iteration. Epochs and evaluations are written whatever {@code
 * update_freq} is; Keras 3 leaves out those that do not end at a multiple of it.
 *
 * <p>A training that is resumed goes on behind the events that its checkpoint knows of; later ones are gone.
 */
public final class TensorBoard extends Callback {

    private static final int EPOCH = 0;
    private static final double NANOS = 1e9;

    private final EventFolders folders;
    private int histogramFreq;
    private boolean writesGraph = true;
    private boolean writesImages;
    private boolean writesStepsPerSecond;
    private int everyBatches = EPOCH;

    private boolean isTraining;
    private long globalBatch;
    private long batchBegan;
    private long epochBegan;
    private long batchesBefore;

    private TensorBoard(String logDir) {
        this.folders = new EventFolders(logDir);
    }

    /** Writes to the folder {@code logs}. */
    public static TensorBoard of() {
        return of("logs");
    }

    /**
     * Writes after every epoch.
     *
     * @param logDir a folder for this callback alone, local or a Hadoop URI; made where it is missing
     */
    public static TensorBoard of(String logDir) {
        return new TensorBoard(logDir);
    }

    /** Writes a histogram of each weight after every so many epochs, the first included; 0 writes none. Default 0. */
    public TensorBoard histogramFreq(int epochs) {
        if (epochs < 0) {
            throw new IllegalArgumentException("Invalid `histogram_freq`: must not be negative. Received: " + epochs);
        }
        histogramFreq = epochs;
        return this;
    }

    /** Whether the model is written, which TensorBoard draws as a graph of layers. Default true. */
    public TensorBoard writeGraph(boolean value) {
        writesGraph = value;
        return this;
    }

    /** Whether each histogram has a picture of the weight beside it. Default false. */
    public TensorBoard writeImages(boolean value) {
        writesImages = value;
        return this;
    }

    /**
     * Whether {@code epoch_steps_per_second} is written, and {@code batch_steps_per_second} where batches are. Workers then
     * wait after each of these, so that its time is its own. Default false.
     */
    public TensorBoard writeStepsPerSecond(boolean value) {
        writesStepsPerSecond = value;
        return this;
    }

    /** {@code epoch}, or {@code batch}, which is 1. Default {@code epoch}. */
    public TensorBoard updateFreq(String value) {
        everyBatches = switch (value) {
            case "epoch" -> EPOCH;
            case "batch" -> 1;
            default -> throw frequency("\"" + value + "\"");
        };
        return this;
    }

    /** Writes the logs after every so many batches too. */
    public TensorBoard updateFreq(int batches) {
        if (batches < 1) {
            throw frequency(batches);
        }
        everyBatches = batches;
        return this;
    }

    /**
     * Only 0, Keras's default: its profiler traces one process's operations. Where a step's time goes is in {@link
     * History#report}, and in Spark's own pages.
     */
    public TensorBoard profileBatch(int batch) {
        return profileBatch(batch, batch);
    }

    /** Only 0 and 0, as {@link #profileBatch(int)}. */
    public TensorBoard profileBatch(int first, int last) {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    ("profile_batch must be a non-negative integer or 2-tuple of positive integers. A pair of positive "
                                    + "integers signifies a range of batches to profile. Found: (%d, %d)")
                            .formatted(first, last));
        }
        if (last > 0) {
            throw new NotSupportedException(
                    "TensorBoard: `profile_batch`, a trace of TensorFlow's or JAX's operations; `history.report` says where a "
                            + "step's time goes. Received: profile_batch=(%d, %d) (must be 0)".formatted(first, last));
        }
        return this;
    }

    /** Only 0, Keras's default: there are no embedding layers. */
    public TensorBoard embeddingsFreq(int epochs) {
        if (epochs != 0) {
            throw new NotSupportedException(
                    "TensorBoard: `embeddings_freq`, as there are no Embedding layers. Received: embeddings_freq=%d (must be 0)"
                            .formatted(epochs));
        }
        return this;
    }

    /** Only null, Keras's default: there are no embedding layers. */
    public TensorBoard embeddingsMetadata(@Nullable Object files) {
        if (files != null) {
            throw new NotSupportedException(
                    "TensorBoard: `embeddings_metadata`, as there are no Embedding layers. Received: embeddings_metadata=%s (must be None)"
                            .formatted(files));
        }
        return this;
    }

    private static IllegalArgumentException frequency(Object value) {
        return new IllegalArgumentException(
                "Invalid `update_freq`: must be 'epoch', 'batch' or a positive integer. Received: " + value);
    }

    /** False unless batches are timed: logs of batches come in order without that anybody waits. */
    @Override
    public boolean isSynchronous() {
        return everyBatches != EPOCH && writesStepsPerSecond;
    }

    @Override
    public void setModel(FittedModel value) {
        super.setModel(value);
        isTraining = false;
        folders.close();
        if (writesGraph) {
            folders.train().kerasModel("keras", 0, KerasJson.toJson(value.model()));
        }
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        if (writesImages && histogramFreq == 0) {
            Output.warn("TensorBoard: `write_images` draws beside histograms, of which `histogram_freq=0` writes none");
        }
        isTraining = true;
        globalBatch = 0;
        beginEpoch();
        folders.train().flush();
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        beginEpoch();
    }

    private void beginEpoch() {
        batchesBefore = globalBatch;
        epochBegan = System.nanoTime();
    }

    @Override
    public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
        batchBegan = System.nanoTime();
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        globalBatch++;
        if (everyBatches == EPOCH || globalBatch % everyBatches != 0) {
            return;
        }
        EventFile train = folders.train();
        if (writesStepsPerSecond) {
            train.scalar("batch_steps_per_second", globalBatch, NANOS / (System.nanoTime() - batchBegan));
        }
        logs.forEach((name, value) -> train.scalar("batch_" + name, globalBatch, value));
    }

    @Override
    public void onTestEnd(Map<String, Double> logs) {
        EventFile validation = folders.validation();
        long step = model().iterations();
        logs.forEach((name, value) -> validation.scalar("evaluation_" + name + "_vs_iterations", step, value));
        validation.flush();
        if (!isTraining) {
            folders.close();
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        if (!logs.isEmpty()) {
            write(epoch, logs);
        }
        if (histogramFreq > 0 && epoch % histogramFreq == 0) {
            writeWeights(epoch);
        }
        folders.flush();
    }

    private void write(int epoch, Map<String, Double> logs) {
        Map<String, Double> training = new LinkedHashMap<>();
        logs.forEach((name, value) -> {
            if (name.startsWith("val_")) {
                folders.validation().scalar("epoch_" + name.substring("val_".length()), epoch, value);
            } else {
                training.put(name, value);
            }
        });
        training.put("learning_rate", model().learningRate());
        if (writesStepsPerSecond) {
            double seconds = (System.nanoTime() - epochBegan) / NANOS;
            training.put("steps_per_second", (globalBatch - batchesBefore) / seconds);
        }
        training.forEach((name, value) -> folders.train().scalar("epoch_" + name, epoch, value));
    }

    private void writeWeights(int epoch) {
        List<WeightLayout.Slot> slots = model().model().layout().slots();
        List<Tensor> weights = model().getWeights();
        EventFile train = folders.train();
        for (int i = 0; i < slots.size(); i++) {
            String path = slots.get(i).path();
            train.histogram(path + "/histogram", epoch, weights.get(i));
            if (writesImages) {
                train.image(path + "/image", epoch, weights.get(i));
            }
        }
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        isTraining = false;
        folders.close();
    }

    @Override
    public Map<String, Object> state() {
        return new Saved(folders.state()).with("global_batch", globalBatch).values();
    }

    @Override
    public void restore(Map<String, Object> state) {
        globalBatch = new Saved(state).wide("global_batch", 0);
        folders.restore(state);
        beginEpoch();
    }
}
