package org.lockstep.data.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;
import org.lockstep.data.OnBadRecord;

/** A partition's rows as the bytes of its shard file, in pieces; no more than a piece and a row are in memory. */
final class Chunks<T> implements Iterator<byte[]> {

    /** Spark's serializers may hold on to a hundred of them. */
    static final int LENGTH = 1 << 16;

    private final int partition;
    private final Iterator<T> rows;
    private final Function<T, Sample> decoder;
    private final RecordFormat format;
    private final ByteBuffer record;
    private final SkippedRows skipped;
    /** What is yet to be written of the header, of a record, of the tail. */
    private ByteBuffer pending;

    private long row;
    /** Whether the tail is under way. */
    private boolean isEnded;

    Chunks(int partition, Iterator<T> rows, Function<T, Sample> decoder, RecordFormat format, OnBadRecord onBadRecord) {
        this.partition = partition;
        this.rows = rows;
        this.decoder = decoder;
        this.format = format;
        this.record = format.record();
        this.pending = format.header();
        this.skipped = new SkippedRows(onBadRecord);
    }

    @Override
    public boolean hasNext() {
        return pending.hasRemaining() || !isEnded;
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
                pending = following();
            }
            int length = Math.min(LENGTH - filled, pending.remaining());
            pending.get(chunk, filled, length);
            filled += length;
        }
        return filled == LENGTH ? chunk : Arrays.copyOf(chunk, filled);
    }

    /** The next good row's record; after the last row, the file's tail. */
    private ByteBuffer following() {
        while (rows.hasNext()) {
            T value = rows.next();
            boolean isGood = encode(value);
            row++;
            if (isGood) {
                return record;
            }
        }
        isEnded = true;
        return skipped.tail();
    }

    private boolean encode(T value) {
        try {
            format.encode(decoder.call(value), record);
            return true;
        } catch (BadValueException e) {
            skipped.add(bad(e.getMessage(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bad(e.toString(), e);
        } catch (Exception e) {
            skipped.add(bad(e.toString(), e));
        }
        return false;
    }

    private BadDataException bad(@Nullable String reason, @Nullable Exception cause) {
        BadDataException bad = BadDataException.at("partition " + partition, "row " + row, String.valueOf(reason));
        bad.initCause(cause);
        return bad;
    }
}
