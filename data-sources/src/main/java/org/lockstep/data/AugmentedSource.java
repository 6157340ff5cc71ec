package org.lockstep.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;
import org.lockstep.report.SkippedRecords;

/**
 * Another source's samples, changed anew in every epoch.
 *
 * @param steps applied in order, drawing from one stream of numbers for each sample and epoch
 */
record AugmentedSource(IndexedSource source, List<Augmentation> steps) implements IndexedSource {

    AugmentedSource {
        steps = List.copyOf(steps);
    }

    @Override
    public int[] sampleShape() {
        return source.sampleShape();
    }

    @Override
    public long samples() {
        return source.samples();
    }

    @Override
    public String fingerprint() {
        return steps.stream().map(AugmentedSource::name).toList() + " of " + source.fingerprint();
    }

    /** What a step says of itself, if that is more than where it lies in memory. */
    private static String name(Augmentation step) {
        return step instanceof Record
                ? step.toString()
                : step.getClass().getName().replaceFirst("\\$\\$Lambda.*", "\\$\\$Lambda");
    }

    @Override
    public void prepare() {
        source.prepare();
    }

    @Override
    public IndexedSource sizedFor(int... input) {
        return new AugmentedSource(source.sizedFor(input), steps);
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
    public IndexedSource augment(Augmentation... more) {
        List<Augmentation> all = new ArrayList<>(steps);
        all.addAll(List.of(more));
        return new AugmentedSource(source, all);
    }

    @Override
    public Samples openSamples() {
        return new Augmented(source.openSamples(), steps, null);
    }

    private record Moment(long seed, int epoch) {}

    private record Augmented(
            Samples all, List<Augmentation> steps, @Nullable Moment moment) implements Samples {

        @Override
        public Samples inEpoch(long seed, int epoch) {
            return new Augmented(all.inEpoch(seed, epoch), steps, new Moment(seed, epoch));
        }

        @Override
        public long count() {
            return all.count();
        }

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
            all.copy(index, x, y, row);
            if (moment == null) {
                return;
            }
            CounterRandom random = CounterRandom.of(
                    moment.seed, Purpose.AUGMENTATION, moment.epoch, (int) (index >>> 32), (int) index);
            for (Augmentation step : steps) {
                step.change(x, row, random);
            }
        }

        @Override
        public BadRecords badRecords() {
            return all.badRecords();
        }

        @Override
        public float weight(long index) {
            return all.weight(index);
        }
    }
}
