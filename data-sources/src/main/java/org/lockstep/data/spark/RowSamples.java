package org.lockstep.data.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.lockstep.data.Loaded;
import org.lockstep.data.Samples;

/** The rows of all shard files, in the order of the files; a file is fetched when the first of its rows is wanted. */
final class RowSamples implements Samples {

    private final Blocks blocks;
    private final RecordFormat format;
    private final RowLayout layout;
    private final List<WrittenFile> files;
    /** The first row of each file, and the number of rows. */
    private final long[] starts;

    private final AtomicReferenceArray<LocalCopy> copies;
    private final float[] scaled = new float[256];

    /** What tells one shard file from all others. */
    private record Content(String sha256, long length) {}

    RowSamples(Blocks blocks, RecordFormat format, List<WrittenFile> files) {
        this.blocks = blocks;
        this.format = format;
        this.layout = format.layout();
        this.files = files;
        this.starts = format.starts(files);
        this.copies = new AtomicReferenceArray<>(files.size());
        for (int value = 0; value < scaled.length; value++) {
            scaled[value] = value * layout.scale();
        }
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
    public void copy(long index, float[] x, int xOffset, float[] y, int yOffset) {
        ByteBuffer record = record(index);
        record.asFloatBuffer().get(y, yOffset, layout.ySize());
        record.position(format.xOffset());
        if (layout.isBytes()) {
            for (int i = 0; i < layout.xSize(); i++) {
                x[xOffset + i] = scaled[record.get() & 0xFF];
            }
        } else {
            record.asFloatBuffer().get(x, xOffset, layout.xSize());
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
