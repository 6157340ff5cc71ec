package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.History;
import org.lockstep.conf.FitConf;
import org.lockstep.data.DataSource;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.layers.Add;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** The README's code, as it stands there. */
class ReadmeTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void firstExample_learnsDigits() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            Sequential network = Sequential.of(
                    Input.of(28, 28, 1),
                    Conv2D.of(16, 5).activation("relu"),
                    MaxPooling2D.of(2),
                    Conv2D.of(32, 5).activation("relu"),
                    MaxPooling2D.of(2),
                    Flatten.of(),
                    Dense.of(10).activation("softmax"));
            DataSource digits = SyntheticDigits.of(5_000, 1);

            SparkModel model =
                    SparkModel.of(network, spark).compile("adam", "sparse_categorical_crossentropy", "accuracy");
            History history =
                    model.fit(digits.take(4_000), FitConf.of().batchSize(50).epochs(3), digits.skip(4_000));

            System.out.println(history.get("val_accuracy"));
            model.save(folder + "/digits.keras");
            assertThat(history.last("val_accuracy")).isGreaterThan(0.9);
            SparkModel loaded = SparkModel.load(folder + "/digits.keras", spark);
            assertThat(loaded.getWeights()).isEqualTo(model.getWeights());
        }
    }

    @Test
    void graph_isAModel() {
        Input image = Input.of(32, 32, 16);
        KerasTensor path = Conv2D.of(16, 3).padding("same").activation("relu").on(image);
        Model model = Model.of(
                image, Dense.of(10).on(GlobalAveragePooling2D.of().on(Add.of().on(image, path))));

        int convolution = 3 * 3 * 16 * 16 + 16;
        assertThat(model.layout().length()).isEqualTo(convolution + 16 * 10 + 10);
    }

    @Test
    void examples_areInThisTest() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/org/lockstep/driver/ReadmeTest.java")));
        List<String> readme = Files.readAllLines(Path.of("../README.md"));
        List<String> examples = new ArrayList<>();
        for (int line = 0; line < readme.size(); line++) {
            if (readme.get(line).equals("```java")) {
                int end = line + readme.subList(line, readme.size()).indexOf("```");
                examples.add(String.join("\n", readme.subList(line + 1, end))
                        .replace("\"digits.keras\"", "folder + \"/digits.keras\""));
            }
        }
        assertThat(readme.indexOf("```java")).isBetween(1, 25);
        assertThat(examples).hasSize(2).allSatisfy(code -> assertThat(here).contains(squeezed(code)));
    }

    /** Without spaces and line ends, which the formatter chooses. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
