package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.Tensor;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.executor.step.Networks;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/** Training in numbers of 16 bits. */
class MixedBfloat16Test {

    private static final Sequential EXACT = Sequential.of(
            Input.of(28, 28, 1),
            Conv2D.of(12, 5).activation("relu"),
            MaxPooling2D.of(2),
            Conv2D.of(24, 5).useBias(false),
            BatchNormalization.of(),
            ActivationLayer.of("relu"),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dense.of(10).activation("softmax"));

    private static final Sequential MIXED = EXACT.dtype("mixed_bfloat16");

    @BeforeEach
    void assumeInstructions() {
        try {
            Networks.create(ClusterConf.Engine.ONEDNN, MIXED, CompileConf.of("adam", "mse"), 1)
                    .close();
        } catch (NotSupportedException e) {
            abort(e.getMessage());
        }
    }

    @Test
    void fit_inBfloat16_learnsAsWellAsInFloat32() {
        DataSource digits = SyntheticDigits.of(3_000, 1);
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            double exact = accuracy(model(EXACT, spark), digits);
            double mixed = accuracy(model(MIXED, spark), digits);
            assertThat(exact).isGreaterThan(0.9);
            assertThat(mixed).isGreaterThan(exact - 0.02);
        }
    }

    private static double accuracy(SparkModel model, DataSource digits) {
        return model.fit(digits.take(2_500), fit().epochs(3), digits.skip(2_500))
                .last("val_accuracy");
    }

    private static SparkModel model(Sequential network, JavaSparkContext spark) {
        return SparkModel.of(network, spark)
                .on(ClusterConf.of().shards(2))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    private static FitConf fit() {
        return FitConf.of().batchSize(50).verbose(Verbose.SILENT);
    }

    @Test
    void fit_inBfloat16_onOneOrTwoThreads_givesTheSameBits() {
        List<Tensor> one = weights("local[1]");
        assertThat(weights("local[2]")).isEqualTo(one);
    }

    private static List<Tensor> weights(String master) {
        try (JavaSparkContext spark = LocalSpark.start(master)) {
            SparkModel model = model(MIXED, spark);
            model.fit(SyntheticDigits.of(200, 1), fit());
            return model.getWeights();
        }
    }
}
