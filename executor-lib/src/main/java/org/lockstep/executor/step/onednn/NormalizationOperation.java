package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization of x into y.
 *
 * @param normalization which also says whether a relu follows
 * @param mean of the batch, written by the forward pass; or given
 */
record NormalizationOperation(
        Normalization normalization,
        Value x,
        Value y,
        Statistic mean,
        Statistic variance,
        Normalization.Affine affine,
        Normalization.Affine gradients,
        Calls calls)
        implements Operation {

    /**
     * A statistic of each channel.
     *
     * @param gradient where it is put, times the number of samples; null where it is not
     */
    record Statistic(Slot value, @Nullable Slot gradient) {

        void publish(int samples) {
            if (gradient != null) {
                FloatBuffer from = value.floats();
                FloatBuffer to = gradient.floats();
                for (int i = 0; i < from.limit(); i++) {
                    to.put(i, from.get(i) * samples);
                }
            }
        }
    }

    static NormalizationOperation of(
            Normalization normalization,
            Value x,
            Value y,
            Statistic mean,
            Statistic variance,
            Normalization.Affine affine,
            Normalization.Affine gradients) {
        Slot gradient = y.gradient();
        Slot mask = normalization.mask(affine);
        Normalization.Statistics statistics = new Normalization.Statistics(mean.value(), variance.value(), mask);
        Call forward = normalization.forward(x.data(), y.data(), statistics, affine);
        List<Call> backward = gradient == null
                ? List.of()
                : List.of(normalization.backward(x.data(), gradient, statistics, affine, gradients));
        Calls calls = new Calls(List.of(forward), backward);
        return new NormalizationOperation(normalization, x, y, mean, variance, affine, gradients, calls);
    }

    /** The operation with max(y, 0) after it. */
    NormalizationOperation withRelu() {
        return of(normalization.withRelu(), x, y, mean, variance, affine, gradients);
    }

    /** Whether this makes that value, and does nothing more to it. */
    boolean yields(Value value) {
        return y.isSamePlaceAs(value) && !normalization.relu();
    }

    @Override
    public void forward(Frame frame) {
        calls.forward(frame);
        int samples = x.layout().shape().dimension(0);
        mean.publish(samples);
        variance.publish(samples);
    }

    @Override
    public void backward(Frame frame) {
        calls.backward(frame);
    }

    @Override
    public Uses uses() {
        return calls.uses();
    }
}
