package org.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Window;

class BrokenIdxTest {

    private final byte[] images = IdxFiles.bytes(8, 256, 5, 4, 3);

    @TempDir
    Path folder;

    private String labelFile = "";

    @BeforeEach
    void write() throws IOException {
        labelFile = IdxFiles.write(folder, "labels", IdxFiles.bytes(8, 10, 5));
    }

    @Test
    void missingFile_isNamed() {
        assertRefused(
                folder.resolve("nothing").toString(), labelFile, "Cannot read " + folder + "/nothing: no such file");
    }

    @Test
    void badMagic_isShown() throws IOException {
        assertImagesRefused(
                new byte[] {1, 2, 8, 3, 0},
                " at offset 0: an IDX file starts with the bytes 00 00. Received: 01 02 08 03");
    }

    @Test
    void otherValueTypes_areRefused() throws IOException {
        assertImagesRefused(
                IdxFiles.bytes(0x0D, 256, 5, 4, 3),
                " at offset 2: only values of type 0x08 (unsigned bytes) are read. Received: 0x0d");
    }

    @Test
    void otherRanks_areRefused() throws IOException {
        assertImagesRefused(
                IdxFiles.bytes(8, 256, 5, 12),
                " at offset 3: images must have 3 dimensions (images, rows, columns) or 4 (and channels)."
                        + " Received: 2 dimensions [5, 12]");
        String image = IdxFiles.write(folder, "images", images);
        assertRefused(
                image,
                image,
                "Cannot read " + image
                        + " at offset 3: labels must have 1 dimension. Received: 3 dimensions [5, 4, 3]");
    }

    @Test
    void emptyOrNegativeDimensions_areRefused() throws IOException {
        assertImagesRefused(
                IdxFiles.bytes(8, 256, 0, 4, 3), " at offset 4: dimension 0 must be in [1, 2^31). Received: 0");
        byte[] negative = images.clone();
        negative[8] = (byte) 0x80;
        assertImagesRefused(negative, " at offset 8: dimension 1 must be in [1, 2^31). Received: 2147483652");
    }

    @Test
    void unequalCounts_areRefused() throws IOException {
        String image = IdxFiles.write(folder, "images", IdxFiles.bytes(8, 256, 6, 4, 3));
        assertRefused(
                image,
                labelFile,
                "Cannot read " + labelFile + " at offset 4: there must be one label for each of the 6 images of "
                        + image + ". Received: 5 labels");
    }

    @Test
    void truncatedHeader_isRefusedBeforeOpening() throws IOException {
        assertImagesRefused(
                Arrays.copyOf(images, 9),
                " at offset 9: the file ends within its header: expected 4 bytes at offset 8. Received: 1");
        assertImagesRefused(
                new byte[0],
                " at offset 0: the file ends within its header: expected 4 bytes at offset 0. Received: 0");
    }

    @Test
    void truncatedContent_namesTheRecord() throws IOException {
        assertImagesRefused(
                Arrays.copyOf(images, 16 + 30),
                " at offset 46 (record 2): the file is truncated: expected 5 records of 12 bytes."
                        + " Received: 2 whole records");
    }

    @Test
    void hugeHeader_isRefusedWithoutTheMemory() throws IOException {
        byte[] huge = images.clone();
        Arrays.fill(huge, 8, 16, (byte) 0x7F);
        assertImagesRefused(huge, " at offset 4: a record must have fewer than 2^31 values.");
        byte[] large = images.clone();
        large[8] = 0x07;
        large[12] = 0;
        assertImagesRefused(large, " at offset 76 (record 0): the file is truncated: expected 5 records of");
    }

    @Test
    void trailingBytes_areRefused() throws IOException {
        assertImagesRefused(
                Arrays.copyOf(images, images.length + 1),
                " at offset 76: the file goes on after the 5 records that its header announces");
    }

    @Test
    void brokenGzip_isRefused() throws IOException {
        byte[] packed = IdxFiles.gzip(images);
        assertImagesRefused(Arrays.copyOf(packed, packed.length - 4), ": its gzip stream is truncated");
        assertImagesRefused(Arrays.copyOf(packed, packed.length / 2), "truncated");
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 1;
        assertImagesRefused(flipped, ": its gzip stream is damaged: Corrupt GZIP trailer");
    }

    @Test
    void labelOutOfRange_namesTheRecord() throws IOException {
        byte[] labels = IdxFiles.bytes(8, 10, 5);
        labels[8 + 3] = 12;
        String image = IdxFiles.write(folder, "images", images);
        String label = IdxFiles.write(folder, "labels", labels);
        assertThatThrownBy(() -> IdxSource.of(image, label).classes(10).openSamples())
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + label + " at record 3: a label must be in [0, 10). Received: 12");
        assertThatThrownBy(() -> IdxSource.of(image, label).oneHot(10).openSamples())
                .isInstanceOf(BadDataException.class);
    }

    private void assertImagesRefused(byte[] content, String message) throws IOException {
        String image = IdxFiles.write(folder, "images", content);
        assertThatThrownBy(() -> IdxSource.of(image, labelFile).openSamples())
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("Cannot read " + image)
                .hasMessageContaining(message);
    }

    private static void assertRefused(String images, String labels, String message) {
        assertThatThrownBy(() -> IdxSource.of(images, labels))
                .isInstanceOf(BadDataException.class)
                .hasMessage(message);
    }

    @Test
    void labelsThatAreNoClass_areSkippedUpToAShare() throws IOException {
        String image = IdxFiles.write(folder, "images", images);
        byte[] labels = IdxFiles.bytes(8, 10, 5);
        System.arraycopy(new byte[] {1, 9, 0, 2, 7}, 0, labels, labels.length - 5, 5);
        String label = IdxFiles.write(folder, "labels", labels);
        IdxSource source = IdxSource.of(image, label).classes(3);
        assertThatThrownBy(source::openSamples)
                .hasMessage("Cannot read " + label + " at record 1: a label must be in [0, 3). Received: 9");
        Feed feed = source.onBadRecord(OnBadRecord.SKIP, 0.4).shard(0, 1).open(new BatchOrder(5, 0, false));
        Batch whole = IdxSource.of(image, label)
                .shard(0, 1)
                .open(new BatchOrder(5, 0, false))
                .get(Window.of(0, 1), 0);
        Batch good = feed.get(Window.of(0, 1), 0);
        assertThat(good.y().values()).containsExactly(1, 0, 2);
        assertThat(good.x().rows(1, 3)).isEqualTo(whole.x().rows(2, 4));
        assertThat(feed.drainSkipped()).hasSize(2);
        Feed strict = source.onBadRecord(OnBadRecord.SKIP, 0.2).shard(0, 1).open(new BatchOrder(5, 0, false));
        assertThatThrownBy(() -> strict.get(Window.of(0, 1), 0))
                .hasMessageContaining("of its 5 records, 2 were found to be bad, more than `max_bad_share`=0.2");
    }
}
