package org.lockstep.data.synthetic;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Digits drawn when first asked for. The first {@link #KEPT} of them are kept, 0.8 KB each. */
final class DrawnDigits implements Samples {

    private static final int KEPT = 1 << 16;
    private static final int CLASSES = 10;
    private static final float SCALE = 1f / 255;
    private static final int PIXELS = Canvas.SIDE * Canvas.SIDE;

    private final long count;
    private final long seed;
    private final AtomicReferenceArray<@Nullable Digit> kept;

    private static final class Digit {

        final int label;
        final byte[] pixels;

        Digit(int label, byte[] pixels) {
            this.label = label;
            this.pixels = pixels;
        }
    }

    DrawnDigits(long count, long seed) {
        this.count = count;
        this.seed = seed;
        this.kept = new AtomicReferenceArray<>((int) Math.min(count, KEPT));
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int[] xShape() {
        return new int[] {Canvas.SIDE, Canvas.SIDE, 1};
    }

    @Override
    public int[] yShape() {
        return new int[0];
    }

    @Override
    public Float byteScale() {
        return SCALE;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        Digit digit = digit(index);
        System.arraycopy(digit.pixels, 0, x.bytes(), row * PIXELS, PIXELS);
        y.values()[row] = digit.label;
    }

    private Digit digit(long index) {
        if (index >= kept.length()) {
            return draw(index);
        }
        Digit digit = kept.get((int) index);
        if (digit == null) {
            // Two threads may draw the same digit; they draw the same pixels.
            digit = draw(index);
            kept.set((int) index, digit);
        }
        return digit;
    }

    private Digit draw(long index) {
        CounterRandom random = CounterRandom.of(seed, Purpose.SYNTHETIC_DATA, 0, (int) (index >>> 32), (int) index);
        int label = random.nextInt(CLASSES);
        return new Digit(label, Handwriting.draw(label, random));
    }
}
