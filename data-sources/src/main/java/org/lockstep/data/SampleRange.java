package org.lockstep.data;

import org.jspecify.annotations.Nullable;
import org.lockstep.report.SkippedRecords;

/**
 * A contiguous part of another source's samples, such as the held-out ones.
 *
 * @param source where the samples are
 * @param from the first sample
 * @param to one past the last sample
 */
public record SampleRange(IndexedSource source, long from, long to) implements IndexedSource {

    public SampleRange {
        if (from < 0 || to <= from || to > source.samples()) {
            throw new IllegalArgumentException("Invalid range: must hold at least one sample and lie within the "
                    + source.samples() + " samples of the source. Received: [" + from + ", " + to + ")");
        }
    }

    @Override
    public int[] sampleShape() {
        return source.sampleShape();
    }

    @Override
    public long samples() {
        return to - from;
    }

    @Override
    public IndexedSource range(long from, long to) {
        if (from < 0 || to > samples()) {
            throw new IllegalArgumentException("Invalid range: must lie within the " + samples()
                    + " samples of the source. Received: [" + from + ", " + to + ")");
        }
        return new SampleRange(source, this.from + from, this.from + to);
    }

    @Override
    public String fingerprint() {
        return "[%d, %d) of %s".formatted(from, to, source.fingerprint());
    }

    @Override
    public void prepare() {
        source.prepare();
    }

    @Override
    public IndexedSource sizedFor(int... input) {
        return new SampleRange(source.sizedFor(input), from, to);
    }

    @Override
    public SkippedRecords alreadySkipped() {
        return source.alreadySkipped();
    }

    @Override
    public BadRecordLimit badRecordLimit() {
        return source.badRecordLimit();
    }

    @Override
    public IndexedSource augment(Augmentation... steps) {
        return new SampleRange(source.augment(steps), from, to);
    }

    @Override
    public Samples openSamples() {
        return new Window(source.openSamples(), from, to - from);
    }

    private record Window(Samples all, long from, long count) implements Samples {

        @Override
        public int[] xShape() {
            return all.xShape();
        }

        @Override
        public int[] yShape() {
            return all.yShape();
        }

        @Override
        public boolean weighted() {
            return all.weighted();
        }

        @Override
        public @Nullable Float byteScale() {
            return all.byteScale();
        }

        @Override
        public void copy(long index, Tensor x, Tensor y, int row) {
            all.copy(from + index, x, y, row);
        }

        @Override
        public Samples inEpoch(long seed, int epoch) {
            return new Window(all.inEpoch(seed, epoch), from, count);
        }

        @Override
        public BadRecords badRecords() {
            return all.badRecords();
        }

        @Override
        public float weight(long index) {
            return all.weight(from + index);
        }
    }
}
