package org.lockstep.callbacks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log that a callback watches, and whether it has become better: Keras's MonitorCallback.
 *
 * <p>Values are compared as 32-bit floats, as Keras compares them: what differs by less is no improvement.
 */
final class Monitored {

    private static final List<String> MODES = List.of("auto", "min", "max");

    private final String owner;
    private String name = "val_loss";
    private String mode = "auto";
    private double minDelta;
    private @Nullable Double best;
    private boolean higherIsBetter;

    /**
     * Watches {@code val_loss} at first.
     *
     * @param owner the callback's class, as messages name it
     */
    Monitored(String owner, double minDelta) {
        this.owner = owner;
        this.minDelta = minDelta;
    }

    String name() {
        return name;
    }

    void name(String value) {
        name = value;
    }

    void mode(String value) {
        if (!MODES.contains(value)) {
            Output.warn("%s mode '%s' is unknown, fallback to auto mode.".formatted(owner, value));
        }
        mode = MODES.contains(value) ? value : "auto";
    }

    void minDelta(double value) {
        minDelta = Math.abs(value);
    }

    @Nullable
    Double best() {
        return best;
    }

    void best(@Nullable Double value) {
        best = value;
    }

    /** Finds out whether the log is to rise or to fall. */
    void resolve(FittedModel model) {
        higherIsBetter = switch (mode) {
            case "min" -> false;
            case "max" -> true;
            default -> byName(model);
        };
    }

    private boolean byName(FittedModel model) {
        if (name.equals("loss") || name.equals("val_loss")) {
            return false;
        }
        Boolean known = model.isHigherBetter(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    ("%s callback received monitor=%s, but Keras isn't able to automatically "
                                    + "determine whether that metric should be maximized or minimized. Pass `mode='max'` in order "
                                    + "to monitor based on the highest metric value, or pass `mode='min'` in order to use the "
                                    + "lowest value.")
                            .formatted(owner, name));
        }
        return known;
    }

    /** The log's value; null where it is not there. */
    @Nullable
    Double value(Map<String, Double> logs) {
        return logs.get(name);
    }

    /** Whether a value is better than another by more than the least change; any is better than none. */
    boolean isBetter(double value, @Nullable Double reference) {
        if (reference == null) {
            return true;
        }
        return higherIsBetter
                ? (float) (value - minDelta) > reference.floatValue()
                : (float) (value + minDelta) < reference.floatValue();
    }

    boolean isBest(double value) {
        return isBetter(value, best);
    }
}
