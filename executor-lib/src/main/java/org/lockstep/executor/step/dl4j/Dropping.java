package org.lockstep.executor.step.dl4j;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.step.StepKey;
import org.lockstep.layers.Dropout;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout by a mask that is a function of the step's key and the layer's place in the model: number i of it, in Keras's
 * order of axes, is number i of the stream of (seed + odd · (place + 1), step's key). DL4J's own dropout draws from a
 * generator that all threads share. Where images are channels_last the mask is also the other engine's.
 */
final class Dropping implements IDropout {

    private static final long serialVersionUID = 1;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final Dropout layer;
    private final int index;
    private final int[] axes;

    private @Nullable StepKey key;
    private transient @Nullable INDArray mask;

    /** @param axes axis i of the arrays is axis axes[i] of Keras's */
    Dropping(Dropout layer, int index, int... axes) {
        this.layer = layer;
        this.index = index;
        this.axes = axes.clone();
    }

    /** Sets what the next forward pass draws from. */
    void key(StepKey value) {
        key = value;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, @Nullable LayerWorkspaceMgr workspaces) {
        INDArray factors = draw(input.shape(), Objects.requireNonNull(key, "key"));
        mask = factors;
        return input.mul(factors);
    }

    private INDArray draw(long[] shape, StepKey step) {
        Long own = layer.seed();
        long seed = (own == null ? step.seed() : own) + ODD * (index + 1);
        CounterRandom random = CounterRandom.of(seed, Purpose.DROPOUT, step.epoch(), step.step(), step.shard());
        long[] drawn = noise(shape);
        float rate = (float) layer.rate();
        float scale = layer.rate() == 1 ? 0 : (float) (1 / (1 - layer.rate()));
        float[] factors = new float[Math.toIntExact(LongStream.of(drawn).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextFloat() < rate ? 0 : scale;
        }
        return Axes.permute(Nd4j.create(factors, drawn, 'c'), axes).broadcast(shape);
    }

    /** The mask's shape in Keras's order of axes. */
    private long[] noise(long[] shape) {
        long[] noise = new long[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            noise[axes[axis]] = shape[axis];
        }
        List<@Nullable Integer> given = layer.noiseShape();
        for (int axis = 0; given != null && axis < shape.length; axis++) {
            Integer wanted = given.get(axis);
            if (wanted != null && wanted != 1 && wanted != noise[axis]) {
                throw new IllegalArgumentException(
                        "Invalid `noise_shape`: entry %d must be 1 or the input's dimension %d. Received: %d"
                                .formatted(axis, noise[axis], wanted));
            }
            noise[axis] = wanted == null ? noise[axis] : wanted;
        }
        return noise;
    }

    @Override
    public INDArray backprop(INDArray outputGradient, INDArray inputGradient, int iteration, int epoch) {
        return inputGradient.assign(outputGradient.mul(Objects.requireNonNull(mask, "mask")));
    }

    @Override
    public void clear() {
        mask = null;
    }

    /** The same object: a network sets its key through the model it was made from. */
    @Override
    @SuppressWarnings("MissingSuperCall")
    public Dropping clone() {
        return this;
    }
}
