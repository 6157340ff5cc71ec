package org.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.DataSource;
import org.lockstep.data.Feed;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.keras.NotSupportedException;

class ImageFolderTest {

    @TempDir
    private Path temporary;

    private Path folder;

    /** In Keras's order, pictures 0 to 5; "cats-2" sorts after "cats", though "cats-2/" sorts before "cats/". */
    @BeforeEach
    void write() throws IOException {
        folder = temporary.resolve("train");
        Pictures.write(folder.resolve("cats/10.png"), 8, 6, 0);
        Pictures.write(folder.resolve("cats/9.PNG"), 8, 6, 1);
        Pictures.write(folder.resolve("cats/a/0.png"), 8, 6, 2);
        Pictures.write(folder.resolve("cats-2/0.png"), 8, 6, 3);
        Pictures.write(folder.resolve("dogs/0.png"), 8, 6, 4);
        Pictures.write(folder.resolve("dogs/1.jpeg"), 8, 6, 5);
        Files.createDirectories(folder.resolve("zebras"));
        Files.writeString(folder.resolve("dogs/notes.txt"), "not an image");
        Files.writeString(folder.resolve("beside.png"), "in no class");
        Pictures.write(folder.resolve(".hidden/0.png"), 8, 6, 6);
    }

    @Test
    void images_comeByClassThenByName() {
        ImageFolder source = ImageFolder.of(folder.toString(), 8, 6);
        assertThat(source.classNames()).containsExactly("cats", "cats-2", "dogs", "zebras");
        assertThat(source.samples()).isEqualTo(6);
        assertThat(source.sampleShape()).containsExactly(8, 6, 3);
        Batch batch = all(source);
        assertThat(batch.y()).isEqualTo(Tensor.of(new int[] {6}, 0, 0, 0, 1, 2, 2));
        assertThat(batch.x().isBytes()).isTrue();
        for (int i = 0; i < 5; i++) {
            float[] values = batch.x().rows(i, i + 1).values();
            for (int place = 0; place < 48; place++) {
                int rgb = Pictures.rgb(place / 6, place % 6, i);
                assertThat(values[3 * place]).isEqualTo(rgb >> 16);
                assertThat(values[3 * place + 1]).isEqualTo(rgb >> 8 & 0xFF);
                assertThat(values[3 * place + 2]).isEqualTo(rgb & 0xFF);
            }
        }
    }

    @Test
    void zipOfTheFolder_givesTheSameBits() throws IOException {
        Files.delete(folder.resolve("zebras"));
        Files.move(folder.resolve("beside.png"), folder.resolve("README"));
        Batch expected = all(ImageFolder.of(folder.toString(), 5, 7));
        Path zip = Pictures.zip(folder, temporary.resolve("all.zip"));
        assertThat(all(ImageFolder.of(zip.toString(), 5, 7))).isEqualTo(expected);
        assertThat(all(ImageFolder.of(zip + "/train", 5, 7))).isEqualTo(expected);
        assertThat(all(ImageFolder.of("elsewhere:" + zip, 5, 7))).isEqualTo(expected);
        assertThat(all(ImageFolder.of("elsewhere:" + folder, 5, 7))).isEqualTo(expected);
        Files.move(folder, Files.createDirectory(temporary.resolve("above")).resolve("train"));
        assertThat(all(ImageFolder.of(temporary.resolve("above").toString(), 5, 7)))
                .isEqualTo(expected);
    }

    @Test
    void options_changeXAndY() {
        ImageFolder source = ImageFolder.of(folder.toString(), 8, 6);
        Batch batch = all(source.colorMode(ColorMode.GRAYSCALE).scale(1f / 255).labelMode(LabelMode.CATEGORICAL));
        assertThat(batch.x().shape()).containsExactly(6, 8, 6, 1);
        float[] plain = all(source.colorMode(ColorMode.GRAYSCALE)).x().values();
        for (int i = 0; i < plain.length; i++) {
            assertThat(batch.x().values()[i]).isEqualTo(plain[i] * (1f / 255));
        }
        assertThat(batch.y().rows(3, 5)).isEqualTo(Tensor.of(new int[] {2, 4}, 0, 1, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void binaryLabels_areAColumn() throws IOException {
        Path two = temporary.resolve("two");
        Pictures.write(two.resolve("a/0.png"), 2, 2, 0);
        Pictures.write(two.resolve("b/0.png"), 2, 2, 0);
        ImageFolder source = ImageFolder.of(two.toString(), 2, 2).labelMode(LabelMode.BINARY);
        assertThat(all(source).y()).isEqualTo(Tensor.of(new int[] {2, 1}, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFolder.of(folder.toString(), 8, 6).labelMode(LabelMode.BINARY))
                .withMessage("When passing `label_mode=\"binary\"`, there must be exactly 2 class_names."
                        + " Received: class_names=[cats, cats-2, dogs, zebras]");
    }

    @Test
    void shuffledShards_giveEachImageOncePerEpoch() {
        ImageFolder source = ImageFolder.of(folder.toString(), 8, 6);
        Batch all = all(source);
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] seen = new int[6];
            for (int shard = 0; shard < 3; shard++) {
                Feed feed = source.shard(shard, 3).open(new BatchOrder(4, 7, true));
                for (int step = 0; step < 2; step++) {
                    Batch batch = feed.get(Window.of(epoch, 2), step);
                    for (int i = 0; i < batch.size(); i++) {
                        for (int image = 0; image < 6; image++) {
                            boolean same = all.x()
                                    .rows(image, image + 1)
                                    .equals(batch.x().rows(i, i + 1));
                            seen[image] += same ? 1 : 0;
                        }
                    }
                }
            }
            assertThat(seen).containsOnly(1);
        }
    }

    @Test
    void source_survivesJavaSerialization() throws Exception {
        ImageFolder source = ImageFolder.of(folder.toString(), 4, 4).labelMode(LabelMode.CATEGORICAL);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(source);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(all((DataSource) input.readObject())).isEqualTo(all(source));
        }
    }

    @Test
    void brokenImage_isNamed() throws IOException {
        Files.delete(folder.resolve("beside.png"));
        Path broken = folder.resolve("dogs/1.jpeg");
        byte[] bytes = Files.readAllBytes(broken);
        Files.write(broken, java.util.Arrays.copyOf(bytes, bytes.length - 20));
        assertThatThrownBy(() -> all(ImageFolder.of(folder.toString(), 8, 6)))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith("Cannot read " + broken + ": ");
        Path zip = Pictures.zip(folder, temporary.resolve("all.zip"));
        assertThatThrownBy(() -> all(ImageFolder.of(zip.toString(), 8, 6)))
                .hasMessageStartingWith("Cannot read " + zip + " at train/dogs/1.jpeg: ");
    }

    @Test
    void skippedImages_areLeftOutAndListed() throws IOException {
        Files.delete(folder.resolve("beside.png"));
        Batch all = all(ImageFolder.of(folder.toString(), 8, 6));
        Files.writeString(folder.resolve("cats-2/0.png"), "no image");
        Path zip = Pictures.zip(folder, temporary.resolve("all.zip"));
        for (String path : List.of(folder.toString(), zip.toString())) {
            Feed feed = ImageFolder.of(path, 8, 6)
                    .onBadRecord(OnBadRecord.SKIP, 0.2)
                    .shard(0, 1)
                    .open(new BatchOrder(4, 1, false));
            assertThat(feed.get(Window.of(0, 2), 0)).isEqualTo(all.rows(0, 3));
            assertThat(feed.get(Window.of(0, 2), 1)).isEqualTo(all.rows(4, 6));
            assertThat(feed.drainSkipped())
                    .singleElement()
                    .asString()
                    .endsWith("cats-2/0.png: it is neither JPEG nor PNG");
        }
        Files.writeString(folder.resolve("cats/9.PNG"), "");
        assertThatThrownBy(() -> all(ImageFolder.of(folder.toString(), 8, 6).onBadRecord(OnBadRecord.SKIP, 0.2)))
                .hasMessageStartingWith("Cannot go on with " + folder + ": of its 6 records, 2 were found to be bad,");
    }

    @Test
    void unnamedSize_isTheModels() {
        ImageFolder unsized = ImageFolder.of(folder.toString());
        ImageFolder sized = ImageFolder.of(folder.toString(), 5, 4);
        assertThat(all(unsized.sizedFor(5, 4, 3))).isEqualTo(all(sized));
        assertThat(all(unsized.take(3).sizedFor(5, 4, 3))).isEqualTo(all(sized.take(3)));
        assertThat(all(unsized.augment((x, row, random) -> {}).sizedFor(5, 4, 3)))
                .isEqualTo(all(sized));
        assertThat(unsized.colorMode(ColorMode.GRAYSCALE).sizedFor(5, 4, 1).sampleShape())
                .containsExactly(5, 4, 1);
        assertThat(sized.sizedFor(8, 6, 3)).isSameAs(sized);
        for (int[] input : new int[][] {{-1, -1, 3}, {20}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unsized.sizedFor(input))
                    .withMessageContaining("must be (height, width, channels) of a known height and width. Received: "
                            + java.util.Arrays.toString(input));
        }
        assertThatThrownBy(unsized::sampleShape)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Name a size: ImageFolder.of(path, height, width)");
        assertThatThrownBy(unsized::openSamples).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void missingImage_isNotSkipped() throws IOException {
        ImageFolder source = ImageFolder.of(folder.toString(), 8, 6).onBadRecord(OnBadRecord.SKIP, 1);
        Files.delete(folder.resolve("cats-2/0.png"));
        assertThatThrownBy(() -> all(source))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + folder + "/cats-2/0.png: no such file");
    }

    @Test
    void unusableFolders_areRefused() throws IOException {
        Path none = Files.createDirectories(temporary.resolve("none/a"));
        assertThatThrownBy(() -> ImageFolder.of(none.toString(), 8, 6))
                .isInstanceOf(BadDataException.class)
                .hasMessage("No images found in directory " + none + ". Allowed formats: ('.jpeg', '.jpg', '.png')");
        Files.writeString(folder.resolve("cats/x.gif"), "");
        assertThatThrownBy(() -> ImageFolder.of(folder.toString(), 8, 6))
                .isInstanceOf(NotSupportedException.class)
                .hasMessage("Images must be JPEG or PNG. Received: " + folder + "/cats/x.gif");
        for (List<Integer> size : List.of(List.of(0, 6), List.of(8, -1), List.of(0, 0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageFolder.of(folder.toString(), size.get(0), size.get(1)))
                    .withMessageContaining("must be a positive integer. Received: ");
        }
    }

    private static Batch all(DataSource source) {
        return source.shard(0, 1).open(new BatchOrder(100, 1, false)).get(Window.of(0, 1), 0);
    }
}
