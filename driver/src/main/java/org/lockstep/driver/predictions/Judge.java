package org.lockstep.driver.predictions;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.driver.predictions.Predictions.Judged;
import org.lockstep.driver.predictions.Predictions.NotJudged;
import org.lockstep.losses.Loss;

/**
 * Compares a classifier's predictions with the truth, over the first 10,000 held-out samples. What comes out depends on
 * model and samples alone.
 */
public final class Judge {

    /** Samples judged at most. */
    public static final int LIMIT = 10_000;

    /** Classes counted at most. */
    static final int CLASSES = 2_000;

    private final Classes reading;
    private final List<String> names;
    private @Nullable Confusion confusion;
    private @Nullable SampleChoice choice;
    private long judged;

    private Judge(Classes reading, List<String> names) {
        this.reading = reading;
        this.names = names;
    }

    /**
     * Judges a model.
     *
     * @param loss which says how labels and outputs are to be read
     * @param names of the classes, or empty where they are known by number
     * @param held the held-out samples in their order
     * @param predict rows of inputs to rows of outputs
     * @throws IllegalArgumentException if there are not as many names as classes, or labels do not fit the outputs
     */
    public static Predictions of(Loss loss, List<String> names, Iterator<Batch> held, UnaryOperator<Tensor> predict) {
        if (!Classes.has(loss)) {
            return new NotJudged("The loss is " + loss.name() + ": the model's outputs are numbers and name no class.");
        }
        return new Judge(Classes.of(loss), names).run(held, predict);
    }

    private Predictions run(Iterator<Batch> held, UnaryOperator<Tensor> predict) {
        Chunks chunks = new Chunks(held, LIMIT);
        while (chunks.hasNext()) {
            Batch chunk = chunks.next();
            if (chunk.size() == 0) {
                continue;
            }
            Tensor outputs = predict.apply(chunk.x());
            int classes = reading.count(outputs);
            if (classes < 2 || classes > CLASSES) {
                return new NotJudged(
                        classes > CLASSES
                                ? "The model knows more than " + CLASSES + " classes."
                                : "The model's outputs, " + outputs + ", do not name one class for each sample.");
            }
            add(chunk, outputs, classes);
        }
        if (confusion == null || choice == null) {
            return new NotJudged("There are no held-out samples.");
        }
        return new Judged(confusion, choice.chosen(), !chunks.isCut());
    }

    private void add(Batch batch, Tensor outputs, int classes) {
        if (confusion == null || choice == null) {
            if (!names.isEmpty() && names.size() != classes) {
                throw new IllegalArgumentException("Invalid class names: the model knows " + classes
                        + " classes. Received: " + names.size() + " names");
            }
            confusion = new Confusion(names.isEmpty() ? Confusion.numbers(classes) : names);
            choice = new SampleChoice(classes);
        }
        for (int row = 0; row < batch.size(); row++) {
            int truth = reading.truth(batch.y(), row, classes);
            double[] probabilities = reading.probabilities(outputs, row, classes);
            int predicted = Classes.named(probabilities);
            confusion.add(truth, predicted);
            if (choice.wants(truth, predicted, probabilities[predicted])) {
                choice.add(new Sample(judged, image(batch.x(), row), truth, predicted, probabilities[predicted]));
            }
            judged++;
        }
    }

    private static Tensor image(Tensor x, int row) {
        int[] shape = x.shape();
        return x.rows(row, row + 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
    }
}
