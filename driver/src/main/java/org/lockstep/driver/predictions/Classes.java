package org.lockstep.driver.predictions;

import java.util.Arrays;
import org.lockstep.data.Tensor;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.BinaryFocalCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.CategoricalFocalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.SparseCategoricalCrossentropy;

/** How a loss reads classes out of labels and outputs. Row r is the r-th sample of a batch. */
final class Classes {

    private final boolean integers;
    private final boolean binary;
    private final boolean logits;

    private Classes(boolean integers, boolean binary, boolean logits) {
        this.integers = integers;
        this.binary = binary;
        this.logits = logits;
    }

    static boolean has(Loss loss) {
        return loss instanceof SparseCategoricalCrossentropy
                || loss instanceof CategoricalCrossentropy
                || loss instanceof CategoricalFocalCrossentropy
                || loss instanceof BinaryCrossentropy
                || loss instanceof BinaryFocalCrossentropy;
    }

    static Classes of(Loss loss) {
        if (loss instanceof SparseCategoricalCrossentropy sparse) {
            return new Classes(true, false, sparse.fromLogits());
        }
        if (loss instanceof CategoricalCrossentropy categorical) {
            return new Classes(false, false, categorical.fromLogits());
        }
        if (loss instanceof CategoricalFocalCrossentropy categorical) {
            return new Classes(false, false, categorical.fromLogits());
        }
        if (loss instanceof BinaryFocalCrossentropy yesOrNo) {
            return new Classes(false, true, yesOrNo.fromLogits());
        }
        if (loss instanceof BinaryCrossentropy yesOrNo) {
            return new Classes(false, true, yesOrNo.fromLogits());
        }
        throw new IllegalArgumentException("No classes in " + loss.name());
    }

    /** The number of classes, or 0 where an output is not one class for each sample. */
    int count(Tensor outputs) {
        boolean flat = outputs.rank() == 1 || (outputs.rank() == 2 && outputs.dimension(1) == 1);
        if (binary) {
            return flat ? 2 : 0;
        }
        return outputs.rank() == 2 ? outputs.dimension(1) : 0;
    }

    int truth(Tensor labels, int row, int classes) {
        float[] values = labels.values();
        if (!integers && !binary) {
            if (labels.rank() != 2 || labels.dimension(1) != classes) {
                throw new IllegalArgumentException(
                        "Invalid labels: must be (samples, " + classes + "). Received: " + labels);
            }
            return largest(values, row * classes, classes);
        }
        if (labels.size() != labels.dimension(0)) {
            throw new IllegalArgumentException("Invalid labels: must be one number a sample. Received: " + labels);
        }
        float label = values[row];
        if (binary) {
            return label > 0.5f ? 1 : 0;
        }
        if (!(label >= 0 && label < classes)) {
            throw new IllegalArgumentException("Invalid labels: must be in [0, " + classes + "). Received: " + label);
        }
        return (int) label;
    }

    /** The probability of each class. */
    double[] probabilities(Tensor outputs, int row, int classes) {
        float[] values = outputs.values();
        if (binary) {
            double yes = logits ? 1 / (1 + StrictMath.exp(-values[row])) : values[row];
            return new double[] {1 - yes, yes};
        }
        double[] result = new double[classes];
        Arrays.setAll(result, each -> values[row * classes + each]);
        return logits ? softmax(result) : result;
    }

    /** The class named: the likeliest, the first of equals; a binary output says yes above 0.5. */
    static int named(double[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    private static int largest(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }

    private static double[] softmax(double[] values) {
        double largest = Arrays.stream(values).max().orElse(0);
        double[] powers = Arrays.stream(values)
                .map(value -> StrictMath.exp(value - largest))
                .toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }
}
