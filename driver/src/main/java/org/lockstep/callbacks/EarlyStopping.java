package org.lockstep.callbacks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;

/**
 * Stops training when a log has stopped improving, as Keras 3's.
 *
 * <p>Its {@link #state} has the best weights, with {@code restoreBestWeights}, as a list of {@link Tensor} under {@value
 * #BEST_WEIGHTS}; all else in it is numbers.
 */
public final class EarlyStopping extends Callback {

    /** The state's key of the best weights. */
    public static final String BEST_WEIGHTS = "best_weights";

    private final Monitored monitored = new Monitored("EarlyStopping", 0);
    private int patience;
    private int verbose;
    private @Nullable Double baseline;
    private boolean restoresBestWeights;
    private int startFromEpoch;

    private int wait;
    private int stoppedEpoch;
    private int bestEpoch;
    private @Nullable List<Tensor> bestWeights;

    private EarlyStopping() {}

    /** Watches {@code val_loss} with patience 0. */
    public static EarlyStopping of() {
        return new EarlyStopping();
    }

    /** The log to watch. Default {@code val_loss}. */
    public EarlyStopping monitor(String value) {
        monitored.name(value);
        return this;
    }

    /** The least change that is an improvement. Default 0. */
    public EarlyStopping minDelta(double value) {
        monitored.minDelta(value);
        return this;
    }

    /** Epochs without improvement after which training stops. Default 0. */
    public EarlyStopping patience(int value) {
        patience = value;
        return this;
    }

    /** 0 is silent, 1 prints. Default 0. */
    public EarlyStopping verbose(int value) {
        verbose = value;
        return this;
    }

    /** {@code min}, {@code max} or {@code auto}, where the log's name decides. Default {@code auto}. */
    public EarlyStopping mode(String value) {
        monitored.mode(value);
        return this;
    }

    /** A value that an improvement must also beat to count. Default none. */
    public EarlyStopping baseline(@Nullable Double value) {
        baseline = value;
        return this;
    }

    /** Whether training's end puts the best epoch's weights back. Default false. */
    public EarlyStopping restoreBestWeights(boolean value) {
        restoresBestWeights = value;
        return this;
    }

    /** Epochs before this one are not looked at. Default 0. */
    public EarlyStopping startFromEpoch(int value) {
        startFromEpoch = value;
        return this;
    }

    /** The epoch that stopped the run, 0-based; 0 where none did. */
    public int stoppedEpoch() {
        return stoppedEpoch;
    }

    /** The best epoch so far, 0-based. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** The best value so far; null before the first. */
    public @Nullable Double best() {
        return monitored.best();
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        monitored.resolve(model());
        wait = 0;
        stoppedEpoch = 0;
        bestEpoch = 0;
        bestWeights = null;
        monitored.best(null);
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        Double current = monitored.value(logs);
        if (current == null) {
            Output.warn("Early stopping conditioned on metric `%s` which is not available. Available metrics are: %s"
                    .formatted(monitored.name(), String.join(",", logs.keySet())));
            return;
        }
        if (epoch < startFromEpoch) {
            return;
        }
        if (restoresBestWeights && bestWeights == null) {
            bestWeights = model().getWeights();
            bestEpoch = epoch;
        }
        wait++;
        if (monitored.isBest(current)) {
            improved(epoch, current);
        } else if (wait >= patience && epoch > 0) {
            stoppedEpoch = epoch;
            model().stopTraining();
        }
    }

    private void improved(int epoch, double current) {
        monitored.best(current);
        if (restoresBestWeights && bestEpoch != epoch) {
            bestWeights = model().getWeights();
        }
        bestEpoch = epoch;
        if (baseline == null || monitored.isBetter(current, baseline)) {
            wait = 0;
        }
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        if (stoppedEpoch > 0 && verbose > 0) {
            Output.print("Epoch %d: early stopping".formatted(stoppedEpoch + 1));
        }
        if (restoresBestWeights && bestWeights != null) {
            if (verbose > 0) {
                Output.print("Restoring model weights from the end of the best epoch: %d.".formatted(bestEpoch + 1));
            }
            model().setWeights(bestWeights);
        }
    }

    @Override
    public Map<String, Object> state() {
        return new Saved()
                .with("wait", wait)
                .with("stopped_epoch", stoppedEpoch)
                .with("best_epoch", bestEpoch)
                .with("best", monitored.best())
                .with(BEST_WEIGHTS, bestWeights)
                .values();
    }

    @Override
    public void restore(Map<String, Object> state) {
        Saved saved = new Saved(state);
        wait = saved.integer("wait", 0);
        stoppedEpoch = saved.integer("stopped_epoch", 0);
        bestEpoch = saved.integer("best_epoch", 0);
        monitored.best(saved.number("best"));
        bestWeights = state.get(BEST_WEIGHTS) instanceof List<?> list
                ? list.stream().map(Tensor.class::cast).toList()
                : null;
    }
}
