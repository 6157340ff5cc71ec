package org.lockstep.driver.files;

import java.util.function.IntFunction;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;

/**
 * Reads the variables of an optimizer into a state; they are those of {@link OptimizerVariables}, found by their numbers.
 *
 * @param file for messages
 * @param path of the group that has them
 * @param received how many there are
 */
record OptimizerReader(String file, String path, int received, IntFunction<H5Values> variables) {

    /** Whether they can be those of such an optimizer, once it was built. */
    boolean fits(Optimizer optimizer, WeightLayout layout) {
        return received == OptimizerVariables.of(optimizer, layout).count();
    }

    /** Copies iterations, learning rate and slots; slots stay where the optimizer had not been built. */
    void read(Optimizer optimizer, WeightLayout layout, TrainState state) {
        OptimizerVariables expected = OptimizerVariables.of(optimizer, layout);
        rates(optimizer, state);
        if (received == expected.count()) {
            slots(expected, state);
        } else if (received != expected.firstSlot() || state.iterations() != 0) {
            throw new IllegalArgumentException(
                    "Cannot read %s at %s: optimizer '%s' has %d variables whereas the saved optimizer has %d variables"
                            .formatted(file, path, optimizer.className(), expected.count(), received));
        }
    }

    /** The configured rate where the file's is that rate as a float, or where a schedule gives it. */
    private void rates(Optimizer optimizer, TrainState state) {
        long iterations = variables.apply(0).integer();
        boolean hasRate = optimizer.schedule() == null;
        float rate = hasRate ? variables.apply(1).scalar() : 0;
        if (iterations < 0 || !(rate >= 0) || Float.isInfinite(rate)) {
            throw BadDataException.at(
                    file,
                    path,
                    "iteration %d and learning rate %s must be finite and not negative".formatted(iterations, rate));
        }
        state.progress(iterations, (float) optimizer.learningRate() == rate ? optimizer.learningRate() : rate);
    }

    private void slots(OptimizerVariables expected, TrainState state) {
        int first = expected.firstSlot();
        Nadam nadam = expected.nadam();
        if (nadam != null) {
            // The first versions of Keras 3 write the product before the slots.
            boolean isFirst = variables.apply(first).hasShape(new int[0]);
            checkProduct(isFirst ? first++ : expected.product(), nadam, state.iterations());
        }
        for (int i = 0; i < expected.slots().size(); i++) {
            SlotVariable variable = expected.slots().get(i);
            WeightLayout.Slot of = variable.of();
            H5Values values = variables.apply(first + i);
            values.checkShape(of, variable.toString());
            values.copyTo(state.slot(variable.slot()).slice(of.offset(), of.size()));
        }
    }

    /** Refuses a product of momenta that is not the one after so many updates, up to Keras's rounding at each of them. */
    private void checkProduct(int number, Nadam nadam, long iterations) {
        H5Values values = variables.apply(number);
        float found = values.scalar();
        double product = nadam.momentumProduct(iterations);
        double allowed = product * 1e-6 * (10 + iterations) + Float.MIN_NORMAL;
        if (!(Math.abs(found - product) <= allowed)) {
            throw BadDataException.at(
                    file,
                    values.path(),
                    "Nadam's product of momenta is %s, not %s as after iteration %d"
                            .formatted(found, (float) product, iterations));
        }
    }
}
