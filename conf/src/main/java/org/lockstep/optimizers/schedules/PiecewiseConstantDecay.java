package org.lockstep.optimizers.schedules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * The first value up to the first boundary, that one included; then the second up to the second boundary, and so on.
 *
 * @param boundaries steps in ascending order, at least one
 * @param values one more than boundaries
 */
public record PiecewiseConstantDecay(List<Double> boundaries, List<Double> values, String name)
        implements LearningRateSchedule {

    public PiecewiseConstantDecay {
        boundaries = List.copyOf(boundaries);
        values = List.copyOf(values);
        if (boundaries.size() != values.size() - 1) {
            throw new IllegalArgumentException(("The length of boundaries should be 1 less than the length of values. "
                            + "Received: boundaries=%s of length %d, and values=%s of length %d.")
                    .formatted(counts(boundaries), boundaries.size(), values, values.size()));
        }
        if (boundaries.isEmpty()) {
            throw new IllegalArgumentException("Invalid `boundaries`: needs at least one. Received: boundaries=[]");
        }
    }

    public static PiecewiseConstantDecay of(List<? extends Number> boundaries, List<? extends Number> values) {
        return new PiecewiseConstantDecay(doubles(boundaries), doubles(values), "PiecewiseConstant");
    }

    public PiecewiseConstantDecay name(String value) {
        return new PiecewiseConstantDecay(boundaries, values, value);
    }

    /** As Keras adds it up, whatever the boundaries' order: the values of all the intervals that the step lies in. */
    @Override
    public double rate(long step) {
        int last = boundaries.size() - 1;
        double rate = step <= boundaries.get(0) ? values.get(0) : 0;
        rate += step > boundaries.get(last) ? values.get(last + 1) : 0;
        for (int i = 1; i <= last; i++) {
            boolean isWithin = step > boundaries.get(i - 1) && step <= boundaries.get(i);
            rate += isWithin ? values.get(i) : 0;
        }
        return rate;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("boundaries", counts(boundaries))
                .with("values", values)
                .with("name", name)
                .asMap();
    }

    private static List<Object> counts(List<Double> boundaries) {
        return boundaries.stream().map(LearningRateSchedule::count).toList();
    }

    private static List<Double> doubles(List<? extends Number> numbers) {
        return numbers.stream().map(Number::doubleValue).toList();
    }
}
