package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.BackupAndRestore;
import org.lockstep.callbacks.CSVLogger;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackException;
import org.lockstep.callbacks.ModelCheckpoint;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.cifar.CifarSource;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** Sources, checkpoints, models and logs in a store that {@code spark.hadoop.*} alone makes known. */
@Timeout(120)
class StoreTest {

    private static final Sequential NET =
            Sequential.of(Input.of(32, 32, 3), Flatten.of(), Dense.of(10).activation("softmax"));
    private static final FitConf FIT =
            FitConf.of().batchSize(4).epochs(2).seed(1).verbose(Verbose.SILENT);

    @TempDir
    private Path folder = Path.of("");

    private String stored(String name) {
        return "bucket:" + folder.resolve(name);
    }

    private void writeImages(int count) throws IOException {
        byte[] records = new byte[count * 3073];
        for (int i = 0; i < records.length; i++) {
            records[i] = (byte) (i % 3073 == 0 ? i / 3073 % 10 : i * 31 % 251);
        }
        Files.write(folder.resolve("images.bin"), records);
    }

    private static final class Crash extends Callback {
        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            throw new IllegalStateException("crash");
        }
    }

    @Test
    void fit_everythingInAStoreOfSparksSettings_readsWritesAndResumes() throws IOException {
        writeImages(12);
        try (JavaSparkContext spark = new JavaSparkContext(LocalSpark.conf("local[2]")
                .set("spark.hadoop.fs.bucket.impl", BucketFileSystem.class.getName())
                .set("spark.hadoop.fs.AbstractFileSystem.bucket.impl", BucketFileSystem.Abstract.class.getName()))) {
            // Read before there is any model: the settings are those of the context.
            CifarSource images = CifarSource.cifar10(stored("images.bin"));
            assertThat(images.samples()).isEqualTo(12);

            BackupAndRestore backup = BackupAndRestore.of(stored("backup")).saveFreq(1);
            assertThatThrownBy(() -> model(spark).fit(images, FIT, new Crash(), backup))
                    .isInstanceOf(CallbackException.class);
            assertThat(folder.resolve("backup")).isNotEmptyDirectory();

            SparkModel resumed = model(spark);
            resumed.fit(
                    images,
                    FIT,
                    BackupAndRestore.of(stored("backup")).saveFreq(1),
                    ModelCheckpoint.of(stored("best.keras")),
                    CSVLogger.of(stored("log.csv")));
            SparkModel whole = model(spark);
            whole.fit(images, FIT);
            assertThat(resumed.live().numbersSha256()).isEqualTo(whole.live().numbersSha256());
            assertThat(folder.resolve("log.csv")).isNotEmptyFile();
            assertThat(SparkModel.load(stored("best.keras"), spark).getWeights())
                    .isEqualTo(whole.getWeights());
        }
    }

    private static SparkModel model(JavaSparkContext spark) {
        return SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(2))
                .compile("sgd", "sparse_categorical_crossentropy");
    }
}
