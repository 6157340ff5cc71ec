package org.lockstep.data.cifar;

import java.util.Arrays;
import java.util.List;
import org.lockstep.data.BadRecords;
import org.lockstep.data.Labels;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/**
 * The records of several files, one file after the other.
 *
 * @param starts the number of the first record of each file
 */
record CifarSamples(List<CifarFile> files, int[] starts, long count, Labels labels, float scale, BadRecords badRecords)
        implements Samples {

    @Override
    public int[] xShape() {
        return new int[] {CifarKind.SIDE, CifarKind.SIDE, CifarKind.CHANNELS};
    }

    @Override
    public int[] yShape() {
        return labels.shape();
    }

    @Override
    public Float byteScale() {
        return scale;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        int found = Arrays.binarySearch(starts, (int) index);
        int place = found < 0 ? -found - 2 : found;
        CifarFile file = files.get(place);
        int record = (int) index - starts[place];
        labels.write(file.label(record), y, row);
        file.pixels(record, x.bytes(), row * CifarKind.PIXELS);
    }
}
