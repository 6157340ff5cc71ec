package org.lockstep.data.image;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import javax.imageio.IIOException;
import org.lockstep.data.BadDataException;
import org.lockstep.data.BadRecordException;
import org.lockstep.data.BadRecords;
import org.lockstep.data.Labels;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.storage.StoredTree;

/** Images decoded as they are asked for. */
record ImageSamples(
        StoredTree tree, ImageListing listing, Frame frame, Labels labels, float scale, BadRecords badRecords)
        implements Samples {

    private static final Decoder DECODER = new Decoder();

    @Override
    public long count() {
        return listing.images().size();
    }

    @Override
    public int[] xShape() {
        return frame.shape();
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
        ImageListing.Image image = listing.images().get((int) index);
        Pixels pixels;
        try {
            pixels = DECODER.decode(tree.read(image.name()), frame.colorMode());
        } catch (ZipException | IIOException e) {
            throw new BadRecordException(message(image, e), e);
        } catch (IOException e) {
            throw new BadDataException(message(image, e), e);
        }
        Bilinear.resize(pixels, frame.height(), frame.width(), x.bytes(), row * frame.size());
        labels.write(image.label(), y, row);
    }

    private String message(ImageListing.Image image, IOException e) {
        String reason = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
        return "Cannot read " + tree.place(image.name()) + ": " + reason;
    }
}
