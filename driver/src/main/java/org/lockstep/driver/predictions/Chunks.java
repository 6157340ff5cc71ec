package org.lockstep.driver.predictions;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;

/**
 * Batches joined into larger ones, as one prediction on a cluster has its price: each of about a thousand samples, or of
 * 64 MiB where samples are large.
 */
final class Chunks implements Iterator<Batch> {

    private static final int SAMPLES = 1_000;
    private static final long VALUES = 16L << 20;

    private final Iterator<Batch> batches;
    private long left;
    private boolean cut;

    /** The first samples of these batches. */
    Chunks(Iterator<Batch> batches, long limit) {
        this.batches = batches;
        this.left = limit;
    }

    @Override
    public boolean hasNext() {
        return left > 0 && batches.hasNext();
    }

    /** The next samples; there may be none in it. */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<Tensor> x = new ArrayList<>();
        List<Tensor> y = new ArrayList<>();
        int samples = 0;
        long values = 0;
        while (hasNext() && samples < SAMPLES && values < VALUES) {
            Batch batch = batches.next();
            int take = (int) Math.min(batch.size(), left);
            cut |= take < batch.size();
            if (take > 0) {
                x.add(take == batch.size() ? batch.x() : batch.x().rows(0, take));
                y.add(take == batch.size() ? batch.y() : batch.y().rows(0, take));
            }
            samples += take;
            left -= take;
            values += batch.x().size();
        }
        return x.isEmpty() ? new Batch(Tensor.zeros(0), Tensor.zeros(0)) : new Batch(joined(x), joined(y));
    }

    /** Whether samples are left. */
    boolean isCut() {
        return cut || batches.hasNext();
    }

    private static Tensor joined(List<Tensor> parts) {
        int rows = parts.stream().mapToInt(part -> part.dimension(0)).sum();
        int size = parts.stream().mapToInt(Tensor::size).sum();
        float[] values = new float[size];
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.values(), 0, values, at, part.size());
            at += part.size();
        }
        int[] shape = parts.get(0).shape();
        shape[0] = rows;
        return Tensor.of(shape, values);
    }
}
