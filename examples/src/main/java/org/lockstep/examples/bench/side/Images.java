package org.lockstep.examples.bench.side;

import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/**
 * Images in memory, the same for all sides: drawn digits for a network that takes 28 × 28 grey pixels, and noise with
 * labels in turn for others, from which there is nothing to learn.
 *
 * @param x pixels in [0, 1], (n, edge, edge, channels)
 * @param y class numbers, (n)
 */
public record Images(Tensor x, Tensor y) {

    private static final int HELD_OUT = 1000;
    private static final int DIGITS_EDGE = 28;

    /** The images of a round. */
    public static Images training(Workload workload) {
        return of(workload, 0, workload.images());
    }

    /** The images [from, to) of a round. */
    public static Images training(Workload workload, int from, int to) {
        return of(workload, from, to - from);
    }

    /** Images that training does not see. */
    public static Images heldOut(Workload workload) {
        return of(workload, workload.images(), HELD_OUT);
    }

    /** Whether labels can be learnt from the images. */
    public static boolean haveMeaning(BenchModel model) {
        return model.edge() == DIGITS_EDGE && model.channels() == 1;
    }

    private static Images of(Workload workload, int from, int count) {
        return haveMeaning(workload.model()) ? digits(workload, from, count) : noise(workload.model(), from, count);
    }

    private static Images digits(Workload workload, int from, int count) {
        Samples samples = SyntheticDigits.of((long) workload.images() + HELD_OUT, Workload.SEED)
                .openSamples();
        Tensor x = samples.emptyX(count);
        Tensor y = samples.emptyY(count);
        for (int i = 0; i < count; i++) {
            samples.copy((long) from + i, x, y, i);
        }
        return new Images(x, y);
    }

    private static Images noise(BenchModel model, int from, int count) {
        int edge = model.edge();
        int pixels = edge * edge * model.channels();
        float[] x = new float[Math.multiplyExact(count, pixels)];
        float[] y = new float[count];
        for (int i = 0; i < count; i++) {
            CounterRandom random = CounterRandom.of(Workload.SEED, Purpose.SYNTHETIC_DATA, 0, from + i, 0);
            for (int j = 0; j < pixels; j++) {
                x[i * pixels + j] = random.nextFloat();
            }
            y[i] = (from + i) % BenchModel.CLASSES;
        }
        return new Images(
                Tensor.of(new int[] {count, edge, edge, model.channels()}, x), Tensor.of(new int[] {count}, y));
    }
}
