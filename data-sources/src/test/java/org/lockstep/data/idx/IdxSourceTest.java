package org.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.DataSource;
import org.lockstep.data.Window;

class IdxSourceTest {

    private final byte[] images = IdxFiles.bytes(8, 256, 5, 4, 3);
    private final byte[] labels = IdxFiles.bytes(8, 10, 5);

    @TempDir
    Path folder;

    private String imageFile = "";
    private String labelFile = "";

    @BeforeEach
    void write() throws IOException {
        imageFile = IdxFiles.write(folder, "images", images);
        labelFile = IdxFiles.write(folder, "labels", labels);
    }

    @Test
    void plainFiles_giveScaledImagesAndLabels() {
        DataSource source = IdxSource.of(imageFile, labelFile);
        assertThat(source.samples()).isEqualTo(5);
        assertThat(source.sampleShape()).containsExactly(4, 3, 1);
        Batch batch = all(source);
        assertThat(batch.x().shape()).containsExactly(5, 4, 3, 1);
        assertThat(batch.x().isBytes()).isTrue();
        assertThat(batch.y().shape()).containsExactly(5);
        for (int i = 0; i < batch.x().size(); i++) {
            assertThat(batch.x().values()[i]).isEqualTo((images[16 + i] & 0xFF) * (1f / 255));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(batch.y().values()[i]).isEqualTo(labels[8 + i]);
        }
    }

    @Test
    void gzipFilesAndUris_giveTheSame() throws IOException {
        String packedImages = IdxFiles.write(folder, "packed images", IdxFiles.gzip(images));
        String packedLabels = IdxFiles.write(folder, "packed.labels", IdxFiles.gzip(labels));
        Batch plain = all(IdxSource.of(imageFile, labelFile));
        assertThat(all(IdxSource.of(packedImages, packedLabels))).isEqualTo(plain);
        assertThat(all(IdxSource.of("file:" + imageFile, "file://" + packedLabels)))
                .isEqualTo(plain);
    }

    @Test
    void colourImages_keepTheirChannels() throws IOException {
        String colour = IdxFiles.write(folder, "colour", IdxFiles.bytes(8, 256, 5, 4, 3, 2));
        assertThat(IdxSource.of(colour, labelFile).sampleShape()).containsExactly(4, 3, 2);
        assertThat(all(IdxSource.of(colour, labelFile)).x().shape()).containsExactly(5, 4, 3, 2);
    }

    @Test
    void scaleAndOneHot_changeXAndY() {
        Batch batch = all(IdxSource.of(imageFile, labelFile).scale(1).oneHot(10));
        assertThat(batch.x().values()[7]).isEqualTo(images[16 + 7] & 0xFF);
        assertThat(batch.y().shape()).containsExactly(5, 10);
        for (int i = 0; i < 5; i++) {
            float[] expected = new float[10];
            expected[labels[8 + i]] = 1;
            assertThat(Arrays.copyOfRange(batch.y().values(), 10 * i, 10 * i + 10))
                    .isEqualTo(expected);
        }
    }

    @Test
    void changedFile_isReadAgain() throws IOException {
        Batch before = all(IdxSource.of(imageFile, labelFile));
        IdxFiles.write(folder, "labels", IdxFiles.gzip(IdxFiles.bytes(8, 3, 5)));
        assertThat(all(IdxSource.of(imageFile, labelFile))).isNotEqualTo(before);
    }

    @Test
    void shard_survivesJavaSerialization() throws Exception {
        DataSource source = IdxSource.of(imageFile, labelFile).oneHot(10);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(source);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(all((DataSource) input.readObject())).isEqualTo(all(source));
        }
    }

    @Test
    void wrongOptions_areRefused() {
        IdxSource source = IdxSource.of(imageFile, labelFile);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.scale(0))
                .withMessage("Invalid `scale`: must be a finite number other than 0. Received: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.classes(0))
                .withMessage("Invalid `classes`: must be in [1, 256]. Received: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.classes(10).oneHot(12))
                .withMessage("Invalid `oneHot`: the number of classes was already set to 10. Received: 12");
    }

    private static Batch all(DataSource source) {
        return source.shard(0, 1).open(new BatchOrder(100, 1, false)).get(Window.of(0, 100), 0);
    }
}
