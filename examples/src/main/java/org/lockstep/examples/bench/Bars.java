package org.lockstep.examples.bench;

import static org.lockstep.examples.bench.Entrant.DL4J_SPARK;
import static org.lockstep.examples.bench.Entrant.ENGINE;
import static org.lockstep.examples.bench.Entrant.ENGINE_BF16;
import static org.lockstep.examples.bench.Entrant.EVALUATE_2;
import static org.lockstep.examples.bench.Entrant.PREDICT_2;
import static org.lockstep.examples.bench.Entrant.PRIMITIVES;
import static org.lockstep.examples.bench.Entrant.PYTORCH;
import static org.lockstep.examples.bench.Entrant.SHARD_1;
import static org.lockstep.examples.bench.Entrant.TRAINER_1;
import static org.lockstep.examples.bench.Entrant.TRAINER_2;
import static org.lockstep.examples.bench.Entrant.TRAINER_CLUSTER;
import static org.lockstep.examples.bench.Entrant.TRAINER_JPEG;
import static org.lockstep.examples.bench.Quantity.ALLOCATED_BYTES;
import static org.lockstep.examples.bench.Quantity.BOUNDARY_MILLIS;
import static org.lockstep.examples.bench.Quantity.EXCHANGE_MILLIS;
import static org.lockstep.examples.bench.Quantity.GC_PAUSE_MILLIS;
import static org.lockstep.examples.bench.Quantity.GROWTH_BYTES;
import static org.lockstep.examples.bench.Quantity.SPEED_RATIO;
import static org.lockstep.examples.bench.Quantity.STALL_SHARE;
import static org.lockstep.examples.bench.Quantity.STEP_MILLIS;
import static org.lockstep.examples.bench.Quantity.TIME_RATIO;
import static org.lockstep.examples.bench.Quantity.WIRE_EXCESS;
import static org.lockstep.examples.bench.side.BenchModel.LENET;
import static org.lockstep.examples.bench.side.BenchModel.RESNET20;
import static org.lockstep.examples.bench.side.BenchModel.VGG;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Transport;
import org.lockstep.examples.bench.side.BenchModel;

/** All bars, in one place, and how they are judged. */
final class Bars {

    private static final Set<BenchModel> ALL_MODELS = EnumSet.allOf(BenchModel.class);
    private static final Set<BenchModel> ONLY_LENET = EnumSet.of(LENET);
    private static final Set<BenchModel> BUT_LENET = EnumSet.complementOf(EnumSet.of(LENET));
    private static final Set<BenchModel> ONLY_VGG = EnumSet.of(VGG);

    /** What the best setting of BigDL's DistriOptimizer took on this kind of machine, for batches of 64 on two cores. */
    private static final double BIGDL_LENET_MILLIS = 57;

    private static final double BIGDL_VGG_MILLIS = 115;
    private static final int BIGDL_BATCH = 64;

    private static final double MOST_GROWTH = 32 << 20;

    /** On the sides of engine, train and input. */
    static final List<Bar> SIDES = List.of(
            new Bar(TIME_RATIO, ENGINE, PRIMITIVES, 1.25, EnumSet.of(VGG, RESNET20), null),
            new Bar(TIME_RATIO, ENGINE, PRIMITIVES, 1.6, ONLY_LENET, null),
            new Bar(SPEED_RATIO, ENGINE_BF16, ENGINE, 1.6, ONLY_VGG, null),
            new Bar(SPEED_RATIO, ENGINE, PYTORCH, 1.8, ALL_MODELS, null),
            new Bar(ALLOCATED_BYTES, ENGINE, null, 64 * 1024, ALL_MODELS, null),
            new Bar(GC_PAUSE_MILLIS, ENGINE, null, 20, ALL_MODELS, null),
            new Bar(GROWTH_BYTES, ENGINE, null, MOST_GROWTH, ALL_MODELS, null),
            new Bar(SPEED_RATIO, TRAINER_2, ENGINE, 0.9, ALL_MODELS, null),
            new Bar(SPEED_RATIO, TRAINER_CLUSTER, ENGINE, 0.8, BUT_LENET, null),
            new Bar(SPEED_RATIO, TRAINER_CLUSTER, ENGINE, 0.7, ONLY_LENET, null),
            new Bar(SPEED_RATIO, TRAINER_CLUSTER, SHARD_1, 1.8, ONLY_VGG, null),
            new Bar(SPEED_RATIO, TRAINER_CLUSTER, SHARD_1, 1.5, ONLY_LENET, null),
            new Bar(SPEED_RATIO, TRAINER_2, DL4J_SPARK, 18, ONLY_LENET, null),
            new Bar(STEP_MILLIS, TRAINER_2, null, BIGDL_LENET_MILLIS / 3, ONLY_LENET, BIGDL_BATCH),
            new Bar(STEP_MILLIS, TRAINER_2, null, 0.7 * BIGDL_VGG_MILLIS, ONLY_VGG, BIGDL_BATCH),
            new Bar(BOUNDARY_MILLIS, TRAINER_1, null, 150, ALL_MODELS, null),
            new Bar(BOUNDARY_MILLIS, TRAINER_2, null, 150, ALL_MODELS, null),
            new Bar(BOUNDARY_MILLIS, TRAINER_CLUSTER, null, 400, ALL_MODELS, null),
            new Bar(GC_PAUSE_MILLIS, TRAINER_2, null, 20, ALL_MODELS, null),
            new Bar(GROWTH_BYTES, TRAINER_2, null, MOST_GROWTH, ALL_MODELS, null),
            new Bar(SPEED_RATIO, EVALUATE_2, TRAINER_2, 2.5, ALL_MODELS, null),
            new Bar(SPEED_RATIO, PREDICT_2, TRAINER_2, 2.5, ALL_MODELS, null),
            new Bar(STALL_SHARE, TRAINER_JPEG, null, 0.02, ALL_MODELS, null),
            new Bar(SPEED_RATIO, TRAINER_JPEG, TRAINER_2, 0.85, ALL_MODELS, null));

    /** On exchanges among processes. */
    static final List<ExchangeBar> EXCHANGES = List.of(
            new ExchangeBar(Transport.ONE_MACHINE, EXCHANGE_MILLIS, 5, LENET, 2),
            new ExchangeBar(Transport.PROCESSES, WIRE_EXCESS, 0.02, null, null));

    private Bars() {}

    /** All bars that these contests measured; those of sides and models that were left out are not judged. */
    static List<Verdict> judge(List<Contest> contests) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Contest contest : contests) {
            String model = contest.workload().model().title();
            int batch = contest.workload().batch();
            for (Bar bar : SIDES) {
                bar.values(contest).ifPresent(values -> verdicts.add(Verdict.of(bar, model, batch, values)));
            }
        }
        return List.copyOf(verdicts);
    }

    /** All bars that these measurements of exchanges say something on. */
    static List<Verdict> judgeExchanges(List<Measurement> measurements) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Measurement measured : measurements) {
            for (ExchangeBar bar : EXCHANGES) {
                bar.values(measured)
                        .ifPresent(values -> verdicts.add(Verdict.of(
                                bar, "%s, %d workers".formatted(measured.model(), measured.workers()), null, values)));
            }
        }
        return List.copyOf(verdicts);
    }
}
