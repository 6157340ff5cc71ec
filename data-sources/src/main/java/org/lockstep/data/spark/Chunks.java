package org.lockstep.data.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;

/** A partition's rows as the bytes of its shard file, in pieces; no more than a piece and a row are in memory. */
final class Chunks<T> implements Iterator<byte[]> {

    /** Spark's serializers may hold on to a hundred of them. */
    static final int LENGTH = 1 << 16;

    private final int partition;
    private final Iterator<T> rows;
    private final Function<T, Sample> decoder;
    private final RecordFormat format;
    private final ByteBuffer record;
    /** What is yet to be written of the header, then of a record. */
    private ByteBuffer pending;

    private long row;

    Chunks(int partition, Iterator<T> rows, Function<T, Sample> decoder, RecordFormat format) {
        this.partition = partition;
        this.rows = rows;
        this.decoder = decoder;
        this.format = format;
        this.record = format.record();
        this.pending = format.header();
    }

    @Override
    public boolean hasNext() {
        return pending.hasRemaining() || rows.hasNext();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        byte[] chunk = new byte[LENGTH];
        int filled = 0;
        while (filled < LENGTH && hasNext()) {
            if (!pending.hasRemaining()) {
                encode(rows.next());
            }
            int length = Math.min(LENGTH - filled, pending.remaining());
            pending.get(chunk, filled, length);
            filled += length;
        }
        return filled == LENGTH ? chunk : Arrays.copyOf(chunk, filled);
    }

    private void encode(T value) {
        try {
            format.encode(decoder.call(value), record);
        } catch (BadValueException e) {
            throw bad(e.getMessage(), null);
        } catch (Exception e) {
            throw bad(e.toString(), e);
        }
        pending = record;
        row++;
    }

    private BadDataException bad(@Nullable String reason, @Nullable Exception cause) {
        BadDataException bad = BadDataException.at("partition " + partition, "row " + row, String.valueOf(reason));
        bad.initCause(cause);
        return bad;
    }
}
