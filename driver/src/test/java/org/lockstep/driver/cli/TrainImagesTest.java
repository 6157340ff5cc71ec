package org.lockstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.augment.RandomCrop;
import org.lockstep.data.augment.RandomFlip;
import org.lockstep.data.cifar.CifarSource;
import org.lockstep.data.image.ColorMode;
import org.lockstep.data.image.ImageFolder;
import org.lockstep.data.image.LabelMode;
import org.lockstep.driver.LocalSpark;
import org.lockstep.driver.SparkModel;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;

/** Jobs on files of images train what the same sources do from Java. */
class TrainImagesTest {

    private static final int PIXELS = 32 * 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int train(String input, String output, String loss, String data) throws IOException {
        Path job = Files.writeString(folder.resolve("job.yaml"), """
                model:
                  layers:
                    - Input: {shape: INPUT}
                    - Conv2D: {filters: 4, kernel_size: 3, strides: 2, activation: relu}
                    - Flatten
                    - Dense: {units: OUTPUT, activation: softmax}
                compile: {optimizer: adam, loss: LOSS, metrics: [accuracy]}
                fit: {batch_size: 8, epochs: 2, verbose: 0, seed: 4}
                data:
                DATA
                cluster: {master: "local[2]", shards: 2}
                output: {model: FOLDER/model.keras}
                """.replace("INPUT", input)
                .replace("OUTPUT", output)
                .replace("LOSS", loss)
                .replace("DATA", data.indent(2).stripTrailing())
                .replace("FOLDER", folder.toString()));
        return Main.run(stream(out), stream(err), "train", job.toString());
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The model that the job has left is that of the same training from Java. */
    private void assertTrainedAs(DataSource source, DataSource validation, String loss) {
        SavedModel saved = KerasFile.load(folder.resolve("model.keras").toString());
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkModel model = SparkModel.of(saved.model(), spark)
                    .on(ClusterConf.of().shards(2))
                    .compile("adam", loss, "accuracy");
            FitConf fit = FitConf.of().batchSize(8).epochs(2).seed(4).verbose(Verbose.SILENT);
            model.fit(source, fit, validation);
            assertThat(saved.state().iterations())
                    .isEqualTo(2 * ((source.samples() + 7) / 8))
                    .isEqualTo(model.iterations());
            assertThat(saved.state().numbersSha256()).isEqualTo(model.state(4).numbersSha256());
        }
    }

    private void pictures() throws IOException {
        for (int i = 0; i < 20; i++) {
            Path file = folder.resolve("pictures")
                    .resolve(i % 2 == 0 ? "dark" : "light")
                    .resolve(i + ".png");
            Files.createDirectories(file.getParent());
            BufferedImage picture = new BufferedImage(10, 12, BufferedImage.TYPE_INT_RGB);
            for (int place = 0; place < 120; place++) {
                int level = (i % 2 == 0 ? 40 : 160) + (7 * i + 3 * place) % 60;
                picture.setRGB(place % 10, place / 10, level << 16 | (level + 20) << 8 | (level + 30));
            }
            ImageIO.write(picture, "png", file.toFile());
        }
    }

    private void zip() throws IOException {
        try (OutputStream stream = Files.newOutputStream(folder.resolve("pictures.zip"));
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (int i = 0; i < 20; i++) {
                String name = (i % 2 == 0 ? "dark/" : "light/") + i + ".png";
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(folder.resolve("pictures").resolve(name), zip);
            }
        }
    }

    @Test
    void folderAndZip_trainAsTheSameSourceFromJava() throws IOException {
        pictures();
        zip();
        Files.writeString(folder.resolve("pictures/dark/bad.png"), "no picture");
        int status = train("[9, 7, 1]", "2", "categorical_crossentropy", """
                train:
                  image_folder:
                    directory: pictures
                    labels: inferred
                    label_mode: categorical
                    color_mode: grayscale
                    scale: 0.00392156862745098
                    flip: horizontal
                    crop_padding: 1
                    on_bad_record: skip
                    max_bad_share: 0.1
                validation:
                  image_folder: {directory: pictures.zip, label_mode: categorical, color_mode: grayscale, image_size: [9, 7], skip: 4, take: 12}
                """);
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        ImageFolder source = ImageFolder.of(folder.resolve("pictures").toString(), 9, 7)
                .labelMode(LabelMode.CATEGORICAL)
                .colorMode(ColorMode.GRAYSCALE);
        assertThat(source.samples()).isEqualTo(21);
        assertTrainedAs(
                source.scale(1f / 255)
                        .onBadRecord(OnBadRecord.SKIP, 0.1)
                        .augment(RandomCrop.padded(1), RandomFlip.horizontal()),
                ImageFolder.of(folder.resolve("pictures.zip").toString(), 9, 7)
                        .labelMode(LabelMode.CATEGORICAL)
                        .colorMode(ColorMode.GRAYSCALE)
                        .skip(4)
                        .take(12),
                "categorical_crossentropy");
    }

    private void cifar(String name, int labels, int records) throws IOException {
        byte[] file = new byte[records * (labels + 3 * PIXELS)];
        for (int record = 0; record < records; record++) {
            int at = record * (labels + 3 * PIXELS);
            file[at] = (byte) (record % 3);
            file[at + labels - 1] = (byte) (record % 5);
            for (int pixel = 0; pixel < 3 * PIXELS; pixel++) {
                file[at + labels + pixel] = (byte) (40 * (record % 5) + (record + pixel) % 37);
            }
        }
        Files.write(folder.resolve(name), file);
    }

    @Test
    void cifarFiles_trainAsTheSameSourceFromJava() throws IOException {
        cifar("1.bin", 1, 12);
        cifar("2.bin", 1, 9);
        int status = train("[32, 32, 3]", "10", "sparse_categorical_crossentropy", """
                train: {cifar10: {files: [1.bin, 2.bin], scale: 0.00392156862745098, flip: horizontal, skip: 1}}
                validation: {cifar10: {files: 2.bin, scale: 0.00392156862745098, take: 5}}
                """);
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        CifarSource validation =
                CifarSource.cifar10(folder.resolve("2.bin").toString()).scale(1f / 255);
        assertTrainedAs(
                CifarSource.cifar10(
                                folder.resolve("1.bin").toString(),
                                folder.resolve("2.bin").toString())
                        .scale(1f / 255)
                        .augment(RandomFlip.horizontal())
                        .skip(1),
                validation.take(5),
                "sparse_categorical_crossentropy");
    }

    @Test
    void cifar100_hasItsCoarseLabels() throws IOException {
        cifar("train.bin", 2, 10);
        int status = train("[32, 32, 3]", "20", "categorical_crossentropy", """
                train: {cifar100: {files: train.bin, label_mode: coarse, one_hot: true, scale: 0.00392156862745098}}
                """);
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        CifarSource source = CifarSource.cifar100Coarse(
                        folder.resolve("train.bin").toString())
                .oneHot()
                .scale(1f / 255);
        assertTrainedAs(source, source, "categorical_crossentropy");
    }

    @Test
    void wrongSettings_oneLine() throws IOException {
        pictures();
        assertThat(train("[9, 7, 3]", "2", "mse", "train: {image_folder: {directory: pictures, color_mode: rgba}}"))
                .isEqualTo(2);
        assertThat(err())
                .isEqualTo("error: Invalid `color_mode`: must be \"grayscale\" or \"rgb\". Received: \"rgba\"\n");
        err.reset();
        assertThat(train("[9, 7, 3]", "2", "mse", "train: {image_folder: {directory: pictures, take: 21}}"))
                .isEqualTo(2);
        assertThat(err())
                .isEqualTo("error: Invalid `skip` and `take`: " + folder.resolve("pictures")
                        + " has 20 samples. Received: skip=0, take=21\n");
        err.reset();
        assertThat(train("[9, 7, 3]", "2", "mse", "train: {image_folder: {directory: pictures, flip: up}}"))
                .isEqualTo(2);
        assertThat(err()).startsWith("error: Invalid `flip`: ").hasLineCount(1);
    }
}
