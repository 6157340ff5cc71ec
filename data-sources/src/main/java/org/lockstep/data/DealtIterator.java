package org.lockstep.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Of an iterator's batches those whose number, modulo the shards, is the shard's. */
final class DealtIterator implements Iterator<Batch>, AutoCloseable {

    private final Iterator<Batch> all;
    private final int shards;
    private int toSkip;

    DealtIterator(Iterator<Batch> all, int shard, int shards) {
        this.all = all;
        this.shards = shards;
        this.toSkip = shard;
    }

    @Override
    public boolean hasNext() {
        while (toSkip > 0 && all.hasNext()) {
            all.next();
            toSkip--;
        }
        return all.hasNext();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more batches");
        }
        toSkip = shards - 1;
        return all.next();
    }

    @Override
    public void close() {
        end(all);
    }

    /** Closes an iterator that can be closed. */
    static void end(Iterator<Batch> iterator) {
        if (iterator instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new BadDataException("Cannot close the generator: " + e.getMessage(), e);
            }
        }
    }
}
