package org.lockstep.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Shape;
import org.lockstep.model.Functional;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

@Tag("spark")
class ResNet20Test {

    @Test
    void network_hasTheShapesAndParametersOfKerasExample() {
        Functional network = ResidualNetwork.of(10);

        assertThat(network.countParams()).isEqualTo(274_442);
        assertThat(network.layout().trainableLength()).isEqualTo(273_066);
        assertThat(network.outputShape()).isEqualTo(Shape.batchOf(10));
        assertThat(network.layers().stream().filter(Conv2D.class::isInstance)).hasSize(21);
        assertThat(network.layers()).hasSize(71);
        assertThat(KerasJson.fromJson(KerasJson.toJson(network))).isEqualTo(network);
    }

    /** Images of noise, each class brighter in a colour of its own. */
    private static ArraySource images(int count) {
        float[] x = new float[count * 32 * 32 * 3];
        float[] y = new float[count];
        for (int sample = 0; sample < count; sample++) {
            CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, 0, sample);
            y[sample] = sample % 3;
            for (int i = 0; i < 3072; i++) {
                x[sample * 3072 + i] = random.nextFloat() + (i % 3 == sample % 3 ? 0.5f : 0);
            }
        }
        return ArraySource.of(Tensor.of(new int[] {count, 32, 32, 3}, x), Tensor.of(new int[] {count}, y));
    }

    @Test
    void fit_onOneAndTwoWorkers_learnsWithTheSameBits() {
        Set<String> hashes = new HashSet<>();
        for (String master : List.of("local[1]", "local[2]")) {
            SparkConf conf = new SparkConf()
                    .setMaster(master)
                    .setAppName("resnet20-test")
                    .set("spark.ui.enabled", "false")
                    .set("spark.driver.host", "localhost");
            try (JavaSparkContext spark = new JavaSparkContext(conf)) {
                SparkModel model = ResNet20.train(spark, 3, images(256), images(12), 3);

                List<Double> losses = Objects.requireNonNull(model.history()).get("loss");
                assertThat(losses.get(2)).isLessThan(losses.get(0));
                hashes.add(model.state(7).sha256());
            }
        }
        assertThat(hashes).hasSize(1);
    }
}
