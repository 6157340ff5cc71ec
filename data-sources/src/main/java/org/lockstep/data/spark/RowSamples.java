package org.lockstep.data.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Loaded;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/** The rows of all shard files, in the order of the files; a file is fetched when the first of its rows is wanted. */
final class RowSamples implements Samples {

    private final Blocks blocks;
    private final RecordFormat format;
    private final RowLayout layout;
    private final List<WrittenFile> files;
    /** The first row of each file, and the number of rows. */
    private final long[] starts;

    private final AtomicReferenceArray<LocalCopy> copies;

    /** What tells one shard file from all others. */
    private record Content(String sha256, long length) {}

    RowSamples(Blocks blocks, RecordFormat format, List<WrittenFile> files) {
        this.blocks = blocks;
        this.format = format;
        this.layout = format.layout();
        this.files = files;
        this.starts = format.starts(files);
        this.copies = new AtomicReferenceArray<>(files.size());
    }

    @Override
    public long count() {
        return starts[files.size()];
    }

    @Override
    public int[] xShape() {
        return layout.xDimensions();
    }

    @Override
    public int[] yShape() {
        return layout.yDimensions();
    }

    @Override
    public boolean weighted() {
        return layout.weighted();
    }

    @Override
    public @Nullable Float byteScale() {
        return layout.isBytes() ? layout.scale() : null;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        ByteBuffer record = record(index);
        record.asFloatBuffer().get(y.values(), row * layout.ySize(), layout.ySize());
        record.position(format.xOffset());
        if (layout.isBytes()) {
            record.get(x.bytes(), row * layout.xSize(), layout.xSize());
        } else {
            record.asFloatBuffer().get(x.values(), row * layout.xSize(), layout.xSize());
        }
    }

    @Override
    public float weight(long index) {
        return layout.weighted() ? record(index).getFloat(format.weightOffset()) : 1;
    }

    private ByteBuffer record(long index) {
        int found = Arrays.binarySearch(starts, index);
        int place = found < 0 ? -found - 2 : found;
        return opened(place).record(index - starts[place]);
    }

    private LocalCopy opened(int place) {
        LocalCopy copy = copies.get(place);
        if (copy == null) {
            WrittenFile file = files.get(place);
            Content content = new Content(file.sha256(), file.length());
            copy = Loaded.of(content, LocalCopy.class, () -> LocalCopy.fetch(blocks, file, format));
            copies.set(place, copy);
        }
        return copy;
    }
}
