package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard's batch adds to the statistics of a synchronized batch normalization, in the forward pass; in the backward
 * pass the part of x's gradient that flows through the statistics, which takes the slopes of all shards.
 *
 * <p>dx = γ / √(var + ε) · (dy − Σ dy / n − x̂ · Σ (dy · x̂) / n); its first term is there when the backward pass comes here.
 *
 * @param own writes mean and variance of the shard's batch
 * @param count numbers of each channel in the shard's batch
 * @param scale γ
 * @param rest adds the other terms as factor · x + summand; null where nobody reads x's gradient
 */
record Moments(
        Call own,
        Slot mean,
        Slot variance,
        int count,
        float epsilon,
        Slot scale,
        Constants constants,
        Meeting meeting,
        Slot factor,
        Slot summand,
        @Nullable Call rest)
        implements Operation {

    /** In place of a scale and a shift that the layer does not have. */
    record Constants(@Nullable Slot ones, @Nullable Slot zeros) {

        void fill() {
            if (ones != null) {
                for (int i = 0; i < ones.floats().limit(); i++) {
                    ones.floats().put(i, 1);
                }
            }
            if (zeros != null) {
                zeros.clear();
            }
        }

        List<Slot> slots() {
            List<Slot> slots = new ArrayList<>();
            for (Slot slot : new @Nullable Slot[] {ones, zeros}) {
                if (slot != null) {
                    slots.add(slot);
                }
            }
            return slots;
        }
    }

    static Moments of(Normalization normalization, Value x, Value y, Slot scale, Constants constants, Meeting meeting) {
        Layout.Lines lines = normalization.lines();
        Arena arena = normalization.device().arena();
        Normalization.Affine none = new Normalization.Affine(null, null);
        Slot mean = arena.floats(lines.length());
        Slot variance = arena.floats(lines.length());
        Slot factor = arena.floats(lines.length());
        Slot summand = arena.floats(lines.length());
        // The output is not wanted, but its place is free until the normalization itself writes there.
        Call own = normalization.forward(x.data(), y.data(), new Normalization.Statistics(mean, variance, null), none);
        Slot gradient = x.gradient();
        return new Moments(
                own,
                mean,
                variance,
                Math.multiplyExact(lines.outer(), lines.inner()),
                normalization.epsilon(),
                scale,
                constants,
                meeting,
                factor,
                summand,
                gradient == null ? null : normalization.addition(x.data(), factor, summand, gradient));
    }

    @Override
    public void forward(Frame frame) {
        constants.fill();
        own.run();
        double[] moments = meeting.moments();
        moments[0] = count;
        for (int i = 0; i < meeting.channels(); i++) {
            double average = mean.floats().get(i);
            moments[1 + i] = count * average;
            moments[1 + meeting.channels() + i] = count * (variance.floats().get(i) + average * average);
        }
    }

    @Override
    public void backward(Frame frame) {
        if (rest == null) {
            return;
        }
        FloatBuffer factors = factor.floats();
        FloatBuffer summands = summand.floats();
        double[] slopes = meeting.slopes();
        for (int i = 0; i < meeting.channels(); i++) {
            double inverse = 1 / Math.sqrt(meeting.variance().floats().get(i) + (double) epsilon);
            double weight = scale.floats().get(i) * inverse / meeting.count();
            double ofX = -weight * inverse * slopes[i];
            factors.put(i, (float) ofX);
            summands.put(i, (float) (-weight * slopes[meeting.channels() + i]
                    - ofX * meeting.mean().floats().get(i)));
        }
        rest.run();
    }

    @Override
    public Uses uses() {
        List<Slot> forward = new ArrayList<>(own.slots());
        forward.addAll(constants.slots());
        List<Slot> backward = new ArrayList<>(List.of(factor, summand, scale, meeting.mean(), meeting.variance()));
        if (rest != null) {
            backward.addAll(rest.slots());
        }
        return new Uses(List.copyOf(forward), List.copyOf(backward));
    }
}
