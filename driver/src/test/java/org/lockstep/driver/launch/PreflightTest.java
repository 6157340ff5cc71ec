package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.ClusterConf.Engine;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.driver.plan.MemoryPlan;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

class PreflightTest {

    private static final String MASTER = "spark://master:7077";
    private static final Model SMALL = Sequential.of(Input.of(4), Dense.of(3));

    /** 16 million weights: 61.1 MiB, and as much for each slot of the optimizer. */
    private static final Model WIDE = Sequential.of(Input.of(4_000), Dense.of(4_000));

    private static RunOrder order(Model model, int batch, int shards) {
        List<Shard> all = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            all.add(SyntheticDigits.of(100, 1).shard(shard, shards));
        }
        return new RunOrder(
                "preflight",
                model,
                CompileConf.of("adam", "mse"),
                Engine.ONEDNN,
                1,
                all,
                new BatchOrder(batch, 0, false),
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
    }

    private static MemoryLimits here(String options) {
        return MemoryLimits.here(options);
    }

    private static List<String> lacks(SparkConf conf, String master, Model model, Exchange exchange) {
        return Preflight.lacks(conf, master, here(""), order(model, 64, 2), exchange, 2, true);
    }

    @Test
    void smallModel_fitsAnywhere() {
        SparkConf conf = new SparkConf(false);
        for (Exchange exchange : List.of(Exchange.NETWORK, Exchange.DRIVER)) {
            assertThat(lacks(conf, MASTER, SMALL, exchange)).isEmpty();
            assertThat(lacks(conf, "yarn", SMALL, exchange)).isEmpty();
        }
        assertThat(lacks(conf, "local[2]", SMALL, Exchange.MEMORY)).isEmpty();
    }

    @Test
    void heapAndDirectBuffersOfAnExecutor_areNamedWithTheSettingsThatHelp() {
        SparkConf conf =
                new SparkConf(false).set("spark.executor.extraJavaOptions", "-Da=b -XX:MaxDirectMemorySize=200m");
        assertThat(lacks(conf, MASTER, WIDE, Exchange.NETWORK))
                .anySatisfy(lack -> assertThat(lack)
                        .startsWith("each executor may need 421 MiB of direct buffers (")
                        .contains(
                                "weights 62 MiB",
                                "optimizer slots 62 MiB",
                                "gradients 184 MiB",
                                "other executors' gradients 62 MiB",
                                "update 55 MiB")
                        .contains("and has 200 MiB. Set -XX:MaxDirectMemorySize=613m")
                        .endsWith(" in spark.executor.extraJavaOptions"));
        SparkConf roomy = new SparkConf(false)
                .set("spark.executor.memory", "1g")
                .set("spark.executor.extraJavaOptions", "-XX:MaxDirectMemorySize=613m");
        assertThat(lacks(roomy, MASTER, WIDE, Exchange.NETWORK)).noneMatch(lack -> lack.contains("each executor"));
        // 10 batches of half of 16,000 samples of 4,000 floats.
        assertThat(Preflight.lacks(roomy, MASTER, here(""), order(WIDE, 16_000, 2), Exchange.NETWORK, 2, true))
                .anySatisfy(lack -> assertThat(lack)
                        .contains("MiB of heap (", "batches made ahead 1,221 MiB")
                        .contains("Set spark.executor.memory="));
    }

    /** Of three shards on two executors one executor has two nodes. */
    @Test
    void memoryThatExecutorsShare_isCounted_unlessTheyShareNone() {
        long gradient = (long) Float.BYTES * WIDE.countParams();
        for (boolean sharesMemory : new boolean[] {true, false}) {
            MemoryPlan plan = MemoryPlan.executor(order(WIDE, 64, 2), 2, 2, 1, 0, sharesMemory);
            assertThat(plan.engine().getOrDefault("shared with executors of its machine", 0L))
                    .isEqualTo(sharesMemory ? 4 * gradient : 0);
            assertThat(plan.outside()).containsEntry("other executors' gradients", gradient);
        }
        assertThat(MemoryPlan.executor(order(WIDE, 64, 3), 2, 2, 1, 0, true).outside())
                .containsEntry("other executors' gradients", 3 * gradient / 2);
        assertThat(MemoryPlan.executor(order(WIDE, 64, 2), 1, 2, 2, 0, true).engine())
                .containsEntry("shared with executors of its machine", 0L);
    }

    @Test
    void moreExecutors_needFewerSlotsEach() {
        RunOrder order = order(WIDE, 64, 8);
        long alone = 2L * Float.BYTES * WIDE.countParams();
        for (int executors = 1; executors <= 8; executors *= 2) {
            assertThat(MemoryPlan.executor(order, executors, 8, 1, 0, true).outside())
                    .containsEntry("optimizer slots", alone / executors);
        }
    }

    @Test
    void containersThatAreEndedWhenTheyTakeMore_needAnOverhead() {
        SparkConf conf = new SparkConf(false).set("spark.executor.memory", "4g");
        for (String master : List.of("yarn", "k8s://https://master")) {
            assertThat(lacks(conf, master, WIDE, Exchange.NETWORK))
                    .anySatisfy(lack -> assertThat(lack)
                            .contains(" MiB outside its heap (")
                            .contains("activations of 1 task(s) at once")
                            .contains("and has 410 MiB. Set spark.executor.memoryOverhead="));
        }
        SparkConf roomy = conf.clone().set("spark.executor.memoryOverhead", "4g");
        assertThat(lacks(roomy, "yarn", WIDE, Exchange.NETWORK)).noneMatch(lack -> lack.contains("outside its heap"));
    }

    @Test
    void javaCppLimits_count() {
        SparkConf conf = new SparkConf(false)
                .set("spark.executor.memory", "8g")
                .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=500m");
        assertThat(lacks(conf, MASTER, WIDE, Exchange.NETWORK))
                .anySatisfy(lack -> assertThat(lack)
                        .contains(" MiB in all (")
                        .contains("and has 500 MiB. Set -Dorg.bytedeco.javacpp.maxphysicalbytes="));
        SparkConf unlimited =
                conf.clone().set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
        assertThat(lacks(unlimited, MASTER, WIDE, Exchange.NETWORK)).noneMatch(lack -> lack.contains("in all"));
        SparkConf percent =
                conf.clone().set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxphysicalbytes=10%");
        assertThat(lacks(percent, MASTER, WIDE, Exchange.NETWORK)).anyMatch(lack -> lack.contains("and has 820 MiB"));
    }

    @Test
    void driverThatAddsUp_needsRoomForResults() {
        SparkConf conf = new SparkConf(false).set("spark.driver.maxResultSize", "100m");
        assertThat(lacks(conf, MASTER, WIDE, Exchange.DRIVER))
                .anySatisfy(lack -> assertThat(lack)
                        .isEqualTo(
                                "a step's gradients are 123 MiB, and spark.driver.maxResultSize allows 100 MiB of results."
                                        + " Set spark.driver.maxResultSize=135m, or `exchange: network`"));
        assertThat(lacks(conf, MASTER, WIDE, Exchange.NETWORK)).noneMatch(lack -> lack.contains("maxResultSize"));
    }

    @Test
    void tasksLargerThanExecutors_areNamed() {
        SparkConf conf = new SparkConf(false).set("spark.task.cpus", "4").set("spark.executor.cores", "2");
        assertThat(lacks(conf, MASTER, SMALL, Exchange.NETWORK))
                .containsExactly("no executor can run a task: spark.task.cpus=4 is more than spark.executor.cores=2."
                        + " Set spark.executor.cores=4");
    }

    @Test
    void auto_takesMemoryInOneJvm_networkOnACluster_driverWhereExecutorsOrSlotsLeave() {
        SparkConf conf = new SparkConf(false);
        SparkConf dynamic = conf.clone().set("spark.dynamicAllocation.enabled", "true");
        String taken = "tasks of other jobs hold 1 of the 2 slots of it";
        assertThat(Launchers.choose(dynamic, "local[2]", () -> taken)).isEqualTo(Exchange.MEMORY);
        assertThat(Launchers.choose(conf, MASTER, () -> null)).isEqualTo(Exchange.NETWORK);
        assertThat(Launchers.choose(dynamic, MASTER, () -> null)).isEqualTo(Exchange.DRIVER);
        assertThat(Launchers.choose(conf, MASTER, () -> taken)).isEqualTo(Exchange.DRIVER);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 100})
    void guessOfAnEnginesMemory_isMoreThanItsPlan(int batch) {
        Model deep = Sequential.of(
                Input.of(32, 32, 3),
                Conv2D.of(32, 3).padding("same").activation("relu"),
                Conv2D.of(32, 3).padding("same").activation("relu"),
                MaxPooling2D.of(2),
                Conv2D.of(64, 3).padding("same").activation("relu"),
                Conv2D.of(128, 3).strides(2).activation("elu"),
                GlobalAveragePooling2D.of(),
                Dense.of(10).activation("softmax"));
        Model lenet = Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(20, 5),
                MaxPooling2D.of(2),
                Conv2D.of(50, 5),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(500).activation("relu"),
                Dense.of(10).activation("softmax"));
        for (Model model : List.of(deep, lenet, SMALL)) {
            RunOrder order = order(model, batch, 1);
            try (Network network = Networks.create(Engine.ONEDNN, model, order.compile(), 1)) {
                long exact = network.memory(batch).trainingBytes();
                assertThat(MemoryPlan.most(order)).as(model.name()).isGreaterThan(exact);
            }
        }
    }
}
