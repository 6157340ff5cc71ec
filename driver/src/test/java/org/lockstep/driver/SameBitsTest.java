package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/** The cluster never changes the answer: weights, optimizer state and logs are a function of seed and shard count. */
class SameBitsTest {

    private static final Sequential MODEL = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Conv2D.of(6, 3).padding("same").activation("relu").kernelRegularizer("l2"),
            BatchNormalization.of(),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dropout.of(0.25),
            Dense.of(Samples.CLASSES).activation("softmax"));

    private record Outcome(String sha256, Map<String, List<Double>> history) {}

    @Test
    void fit_anyMasterAndExchange_givesTheSameBits() {
        Map<Integer, Outcome> expected = new HashMap<>();
        for (String master : List.of("local[1]", "local[2]", "local[4]")) {
            try (JavaSparkContext spark = LocalSpark.start(master)) {
                for (int shards = 1; shards <= 4; shards++) {
                    for (ClusterConf.Exchange exchange : List.of(
                            ClusterConf.Exchange.MEMORY, ClusterConf.Exchange.NETWORK, ClusterConf.Exchange.DRIVER)) {
                        Outcome outcome = train(spark, shards, exchange);
                        Outcome first = expected.computeIfAbsent(shards, key -> outcome);
                        assertThat(outcome)
                                .as("%d shards by %s on %s", shards, exchange, master)
                                .isEqualTo(first);
                    }
                }
            }
        }
        assertThat(new ArrayList<>(expected.values()))
                .extracting(Outcome::sha256)
                .doesNotHaveDuplicates();
    }

    private static Outcome train(JavaSparkContext spark, int shards, ClusterConf.Exchange exchange) {
        SparkModel model = SparkModel.of(MODEL, spark)
                .on(ClusterConf.of().shards(shards).exchange(exchange))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(13).epochs(2).seed(3).verbose(Verbose.SILENT);
        History history = model.fit(Samples.of(60), fit, Samples.of(17));
        return new Outcome(model.state(0).sha256(), history.history());
    }
}
