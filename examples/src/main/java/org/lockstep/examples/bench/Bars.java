package org.lockstep.examples.bench;

import static org.lockstep.examples.bench.Bar.Quantity.ALLOCATED_BYTES;
import static org.lockstep.examples.bench.Bar.Quantity.SPEED_RATIO;
import static org.lockstep.examples.bench.Bar.Quantity.STALL_SHARE;
import static org.lockstep.examples.bench.Bar.Quantity.STEP_MILLIS;
import static org.lockstep.examples.bench.Bar.Quantity.TIME_RATIO;
import static org.lockstep.examples.bench.Entrant.DL4J_SPARK;
import static org.lockstep.examples.bench.Entrant.ENGINE;
import static org.lockstep.examples.bench.Entrant.PREDICT_2;
import static org.lockstep.examples.bench.Entrant.PRIMITIVES;
import static org.lockstep.examples.bench.Entrant.PYTORCH;
import static org.lockstep.examples.bench.Entrant.TRAINER_2;
import static org.lockstep.examples.bench.Entrant.TRAINER_CLUSTER;
import static org.lockstep.examples.bench.Entrant.TRAINER_JPEG;
import static org.lockstep.examples.bench.side.BenchModel.LENET;
import static org.lockstep.examples.bench.side.BenchModel.VGG;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lockstep.examples.bench.Statistics.Interval;
import org.lockstep.examples.bench.side.BenchModel;

/** All bars, in one place, and how they are judged. */
final class Bars {

    private static final Set<BenchModel> ALL_MODELS = EnumSet.allOf(BenchModel.class);
    private static final Set<BenchModel> ONLY_LENET = EnumSet.of(LENET);
    private static final Set<BenchModel> BUT_LENET = EnumSet.complementOf(EnumSet.of(LENET));

    /** What the best setting of BigDL's DistriOptimizer took on this kind of machine, for batches of 64 on two cores. */
    private static final double BIGDL_LENET_MILLIS = 57;

    private static final double BIGDL_VGG_MILLIS = 115;
    private static final int BIGDL_BATCH = 64;

    static final List<Bar> ALL = List.of(
            new Bar(TIME_RATIO, ENGINE, PRIMITIVES, 1.25, BUT_LENET, null),
            new Bar(TIME_RATIO, ENGINE, PRIMITIVES, 1.6, ONLY_LENET, null),
            new Bar(SPEED_RATIO, ENGINE, PYTORCH, 1.8, ALL_MODELS, null),
            new Bar(ALLOCATED_BYTES, ENGINE, null, 64 * 1024, ALL_MODELS, null),
            new Bar(SPEED_RATIO, TRAINER_2, ENGINE, 0.9, ALL_MODELS, null),
            new Bar(SPEED_RATIO, TRAINER_CLUSTER, ENGINE, 0.8, BUT_LENET, null),
            new Bar(SPEED_RATIO, TRAINER_CLUSTER, ENGINE, 0.7, ONLY_LENET, null),
            new Bar(SPEED_RATIO, TRAINER_2, DL4J_SPARK, 18, ONLY_LENET, null),
            new Bar(STEP_MILLIS, TRAINER_2, null, BIGDL_LENET_MILLIS / 3, ONLY_LENET, BIGDL_BATCH),
            new Bar(STEP_MILLIS, TRAINER_2, null, 0.7 * BIGDL_VGG_MILLIS, EnumSet.of(VGG), BIGDL_BATCH),
            new Bar(SPEED_RATIO, PREDICT_2, TRAINER_2, 2.5, ALL_MODELS, null),
            new Bar(STALL_SHARE, TRAINER_JPEG, null, 0.02, ALL_MODELS, null),
            new Bar(SPEED_RATIO, TRAINER_JPEG, TRAINER_2, 0.85, ALL_MODELS, null));

    private Bars() {}

    /**
     * A bar that was measured.
     *
     * @param median over the rounds, which decides
     */
    record Verdict(Bar bar, Contest contest, double median, Interval interval) {

        boolean passed() {
            return bar.passes(median);
        }
    }

    /** All bars that these contests measured; those of sides and models that were left out are not judged. */
    static List<Verdict> judge(List<Contest> contests) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Contest contest : contests) {
            for (Bar bar : ALL) {
                bar.values(contest)
                        .ifPresent(values -> verdicts.add(new Verdict(
                                bar, contest, Statistics.median(values), Statistics.medianInterval(values))));
            }
        }
        return List.copyOf(verdicts);
    }
}
