package org.lockstep.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lockstep.callbacks.History;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.Tensor;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.driver.SparkModel;

/** Training inside a test of one's own: a Spark context in this JVM is all it needs. */
@Tag("spark")
class DigitsTest {

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("digits-test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost"));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void smallNetwork_learnsDigits() {
        DataSource digits = SyntheticDigits.of(1200, 7);
        SparkModel model =
                SparkModel.of(Digits.network(), spark).compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(20).epochs(2).seed(7).verbose(Verbose.SILENT);

        History history = model.fit(digits.take(1000), fit, digits.skip(1000));

        assertThat(history.get("loss").get(1)).isLessThan(history.get("loss").get(0));
        assertThat(history.last("val_accuracy")).isGreaterThan(0.5);
        assertThat(model.predict(Tensor.zeros(3, 28, 28, 1)).shape()).containsExactly(3, 10);
    }
}
