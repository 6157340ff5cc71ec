package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Variable;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/**
 * Where all shards wait for each other at a synchronized batch normalization: before this in the forward pass, after it in
 * the backward pass. Between what {@link Moments} of the shard are and what is done with those of the global batch.
 *
 * @param moments in the forward pass: how many numbers a channel has, then the channels' sums, then their sums of squares
 * @param slopes in the backward pass: the sums of dy · (x − mean) / √(var + ε), then those of dy, by channel
 * @param mean of the global batch, written by the forward pass
 * @param scaleGradient where the backward pass finds the shard's first slopes
 * @param shiftGradient where it finds the others
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, between this and the program's caller
record Meeting(double[] moments, double[] slopes, Slot mean, Slot variance, Slot scaleGradient, Slot shiftGradient)
        implements Operation {

    static Meeting of(int channels, Slot mean, Slot variance, Slot scaleGradient, Slot shiftGradient) {
        double[] moments = new double[1 + 2 * channels];
        return new Meeting(moments, new double[2 * channels], mean, variance, scaleGradient, shiftGradient);
    }

    /** How many numbers each meeting of a training step adds up, in order. */
    static List<Integer> lengths(Model model) {
        List<Integer> forward = new ArrayList<>();
        List<Integer> backward = new ArrayList<>();
        for (LayerCall call : model.calls()) {
            if (model.layers().get(call.layer()) instanceof BatchNormalization layer && layer.meetsOtherShards()) {
                int channels = channels(model.layout().ofLayer(call.layer()));
                forward.add(1 + 2 * channels);
                backward.add(0, 2 * channels);
            }
        }
        forward.addAll(backward);
        return List.copyOf(forward);
    }

    private static int channels(List<WeightLayout.Slot> slots) {
        return slots.stream()
                .filter(slot -> slot.variable().role() == Variable.Role.MOVING)
                .mapToInt(WeightLayout.Slot::size)
                .findFirst()
                .orElseThrow();
    }

    int channels() {
        return slopes.length / 2;
    }

    /** Numbers of each channel in the global batch, once the forward pass has met. */
    double count() {
        return moments[0];
    }

    @Override
    public void forward(Frame frame) {
        FloatBuffer means = mean.floats();
        FloatBuffer variances = variance.floats();
        for (int i = 0; i < channels(); i++) {
            double average = moments[1 + i] / count();
            double square = moments[1 + channels() + i] / count();
            means.put(i, (float) average);
            variances.put(i, (float) Math.max(0, square - average * average));
        }
    }

    @Override
    public void backward(Frame frame) {
        FloatBuffer scale = scaleGradient.floats();
        FloatBuffer shift = shiftGradient.floats();
        for (int i = 0; i < channels(); i++) {
            slopes[i] = scale.get(i);
            slopes[channels() + i] = shift.get(i);
        }
    }

    @Override
    public Uses uses() {
        return new Uses(List.of(mean, variance), List.of(scaleGradient, shiftGradient));
    }
}
