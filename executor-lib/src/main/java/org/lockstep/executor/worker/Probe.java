package org.lockstep.executor.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.StateHash;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.StepKey;
import org.lockstep.losses.Loss;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.model.Model;
import org.lockstep.optimizers.SGD;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/**
 * One step of a run's own model whose outcome is known to no one, but must be the same wherever the run computes: on weights,
 * inputs and targets that hang on the model alone, in batches of the run's size, so that its kernels are the run's.
 */
final class Probe {

    private static final StepKey KEY = new StepKey(0, 0, 0, 0);

    private Probe() {}

    static Kernel of(RunOrder order, Network network) {
        Model model = order.model();
        int samples = Math.max(
                1, order.batches().batchSize() / Math.max(1, order.shards().size()));
        FloatBuffer weights = TrainState.initial(model, SGD.of(), 0).weights();
        FloatBuffer gradient = ByteBuffer.allocateDirect(
                        Math.multiplyExact(model.layout().gradientLength(), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Batch batch =
                new Batch(inputs(model, samples), targets(model, order.compile().loss(), samples));
        network.train(batch, weights, gradient, KEY);
        return Kernel.here(new StateHash().add(gradient).hex(), Networks.describe(order.engine()), order.threads());
    }

    private static Tensor inputs(Model model, int samples) {
        Tensor x = Tensor.zeros(model.inputShape().with(0, samples).dimensions());
        CounterRandom random = CounterRandom.of(0, Purpose.PROBE, 0, 0, 0);
        float[] values = x.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return x;
    }

    /** The first class everywhere. */
    private static Tensor targets(Model model, Loss loss, int samples) {
        int[] shape = model.outputShape().with(0, samples).dimensions();
        int classes = shape[shape.length - 1];
        if (loss instanceof SparseCategoricalCrossentropy) {
            int[] positions = new int[Math.max(1, shape.length - 1)];
            System.arraycopy(shape, 0, positions, 0, positions.length);
            return Tensor.zeros(positions);
        }
        Tensor y = Tensor.zeros(shape);
        for (int i = 0; i < y.size(); i += classes) {
            y.values()[i] = 1;
        }
        return y;
    }
}
