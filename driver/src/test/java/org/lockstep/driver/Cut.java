package org.lockstep.driver;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;

/**
 * Samples cut into batches as a user would cut them.
 *
 * @param samples how many there are
 * @param size of a batch; the last may be smaller
 */
record Cut(int samples, int size) implements Sequence {

    @Override
    public int length() {
        return -Math.floorDiv(-samples, size);
    }

    @Override
    public Batch get(int index) {
        Tensor x = Samples.x(samples);
        Tensor y = Samples.y(samples);
        int to = Math.min(samples, (index + 1) * size);
        return new Batch(x.rows(index * size, to), Tensor.of(new int[] {to - index * size}, part(y, index * size, to)));
    }

    private static float[] part(Tensor y, int from, int to) {
        return Arrays.copyOfRange(y.values(), from, to);
    }

    /** The same batches, over and over. */
    BatchGenerator generator() {
        return BatchGenerator.dealt(new Endless(this));
    }

    private record Endless(Cut cut) implements BatchGenerator.Stream {

        @Override
        public Iterator<Batch> iterator(long seed, int epoch) {
            return IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> cut.get(i % cut.length()))
                    .iterator();
        }
    }
}
