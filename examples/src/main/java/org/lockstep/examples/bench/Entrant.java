package org.lockstep.examples.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.ours.EngineSide;
import org.lockstep.examples.bench.ours.InferenceSide;
import org.lockstep.examples.bench.ours.TrainerSide;
import org.lockstep.examples.bench.primitives.ConvolutionsSide;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.optimizers.Adam;

/** The systems that benchmarks compare. */
enum Entrant {
    /** The network's convolutions alone: the limit. */
    PRIMITIVES,
    /** Lockstep's engine in one process. */
    ENGINE,
    /** Lockstep's engine in one process, in bfloat16 where the network allows. */
    ENGINE_BF16,
    /** Lockstep's engine in one process, with SGD and momentum. */
    ENGINE_MOMENTUM,
    /** Lockstep's engine in one process, with Adam. */
    ENGINE_ADAM,
    /** Lockstep's trainer on {@code local[1]}. */
    TRAINER_1,
    /** One of two workers alone: Lockstep's trainer on {@code local[1]} with half the batch. */
    SHARD_1,
    /** Lockstep's trainer on {@code local[2]}. */
    TRAINER_2,
    /** Lockstep's trainer on two executors of a core each. */
    TRAINER_CLUSTER,
    /** Lockstep's evaluate on {@code local[2]}. */
    EVALUATE_2,
    /** Lockstep's predict on {@code local[2]}. */
    PREDICT_2,
    /** Lockstep's trainer on {@code local[2]}, its images decoded from JPEG files. */
    TRAINER_JPEG,
    /** DL4J as it is shipped, in one process. */
    DL4J("dl4j"),
    /** DL4J's ParameterAveragingTrainingMaster on {@code local[2]}. */
    DL4J_SPARK("dl4j"),
    /** PyTorch by way of its Java bindings, in one process. */
    PYTORCH("pytorch");

    /** Spark's tasks at once wherever there are two. */
    private static final int PAIR = 2;

    /** Where glibc gives memory back to the system and asks for it anew in every step, PyTorch is slower. */
    private static final Map<String, String> KEEPING_MEMORY =
            Map.of("MALLOC_TRIM_THRESHOLD_", "4294967296", "MALLOC_MMAP_THRESHOLD_", "4294967296");

    private final @Nullable String peer;

    Entrant() {
        this(null);
    }

    Entrant(@Nullable String peer) {
        this.peer = peer;
    }

    /** The entrant of that title, of those that take part in a benchmark. */
    static Entrant of(String title, List<Entrant> among) {
        return among.stream()
                .filter(entrant -> entrant.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid `sides`: must be among %s. Received: %s"
                        .formatted(among.stream().map(Entrant::title).toList(), title)));
    }

    /** The name on the command line, in tables and in JSON. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The peer whose own class path it needs; null where it is part of this module. */
    @Nullable
    String peer() {
        return peer;
    }

    /** Whether it takes part in contests of that model: DL4J on Spark would need minutes for a round of a larger one. */
    boolean trains(BenchModel model) {
        return this != DL4J_SPARK || model == BenchModel.LENET;
    }

    /** Whether it cuts a batch in halves. */
    boolean needsEvenBatches() {
        return this == DL4J_SPARK || this == SHARD_1;
    }

    /** How many processors it uses of those that a workload gives. */
    int processors(Workload workload) {
        return switch (this) {
            case TRAINER_1, SHARD_1 -> 1;
            case TRAINER_2, TRAINER_CLUSTER, EVALUATE_2, PREDICT_2, TRAINER_JPEG, DL4J_SPARK -> PAIR;
            case PRIMITIVES, ENGINE, ENGINE_BF16, ENGINE_MOMENTUM, ENGINE_ADAM, DL4J, PYTORCH -> workload.threads();
        };
    }

    /** Variables of its process's environment. */
    Map<String, String> environment(Workload workload) {
        String threads = Integer.toString(workload.threads());
        return switch (this) {
            case PRIMITIVES, DL4J -> Map.of("OMP_NUM_THREADS", threads);
            case PYTORCH -> {
                Map<String, String> all = new TreeMap<>(KEEPING_MEMORY);
                all.put("OMP_NUM_THREADS", threads);
                yield all;
            }
            // As many threads as cores: Spark's workers. ND4J's own choice gives each worker several, and is slower.
            case DL4J_SPARK -> Map.of("OMP_NUM_THREADS", "1");
            case ENGINE,
                    ENGINE_BF16,
                    ENGINE_MOMENTUM,
                    ENGINE_ADAM,
                    TRAINER_1,
                    SHARD_1,
                    TRAINER_2,
                    TRAINER_CLUSTER,
                    EVALUATE_2,
                    PREDICT_2,
                    TRAINER_JPEG -> Map.of();
        };
    }

    /** Starts it in this JVM, where it is part of this module. */
    Side start(Workload workload) {
        return switch (this) {
            case PRIMITIVES -> new ConvolutionsSide(workload);
            case ENGINE -> new EngineSide(workload);
            case ENGINE_BF16 -> new EngineSide(workload, "mixed_bfloat16");
            case ENGINE_MOMENTUM -> new EngineSide(workload, EngineSide.SGD_ALONE.momentum(0.9));
            case ENGINE_ADAM -> new EngineSide(workload, Adam.of(Workload.LEARNING_RATE / 10));
            case SHARD_1 -> new TrainerSide(workload.half(), "local[1]", 1, true);
            case TRAINER_1 -> new TrainerSide(workload, "local[1]", 1, true);
            case TRAINER_2 -> new TrainerSide(workload, "local[2]", PAIR, true);
            case TRAINER_CLUSTER -> new TrainerSide(workload, "local-cluster[2,1,2048]", PAIR, true);
            case TRAINER_JPEG -> new TrainerSide(workload, "local[2]", PAIR, false);
            case EVALUATE_2 -> InferenceSide.evaluate(workload, "local[2]", PAIR);
            case PREDICT_2 -> InferenceSide.predict(workload, "local[2]", PAIR);
            case DL4J, DL4J_SPARK, PYTORCH ->
                throw new IllegalStateException("Cannot start " + title() + ": it is no part of this module");
        };
    }
}
