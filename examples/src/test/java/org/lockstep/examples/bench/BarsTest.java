package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.Bars.Verdict;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Workload;

class BarsTest {

    private static final int STEPS = 10;

    @Test
    void judge_engine_comparesTheMediansOfRoundsNextToEachOther() {
        Contest contest =
                contest(BenchModel.VGG, side(Entrant.PRIMITIVES, 1, 2, 4), side(Entrant.ENGINE, 1.2, 2.4, 5.6));

        List<Verdict> verdicts = Bars.judge(List.of(contest));

        Verdict limit = only(verdicts, Bar.Quantity.TIME_RATIO);
        assertThat(limit.bar().bound()).isEqualTo(1.25);
        assertThat(limit.median()).isCloseTo(1.2, within(1e-12));
        assertThat(limit.interval().high()).isCloseTo(1.4, within(1e-12));
        assertThat(limit.passed()).isTrue();
        assertThat(verdicts).hasSize(1);
    }

    @Test
    void judge_lenet_hasAWiderBarThanVgg() {
        List<Verdict> verdicts = Bars.judge(List.of(
                contest(BenchModel.LENET, side(Entrant.PRIMITIVES, 1), side(Entrant.ENGINE, 1.5)),
                contest(BenchModel.VGG, side(Entrant.PRIMITIVES, 1), side(Entrant.ENGINE, 1.5))));

        assertThat(verdicts).extracting(Verdict::passed).containsExactly(true, false);
        assertThat(verdicts).extracting(verdict -> verdict.bar().bound()).containsExactly(1.6, 1.25);
    }

    @Test
    void judge_speeds_areOursOverTheOthers() {
        List<Verdict> verdicts = Bars.judge(List.of(contest(
                BenchModel.LENET,
                side(Entrant.ENGINE, 1),
                side(Entrant.TRAINER_2, 1.25),
                side(Entrant.DL4J_SPARK, 23),
                side(Entrant.TRAINER_CLUSTER, 1.4))));

        assertThat(verdicts)
                .extracting(verdict -> verdict.bar().title(), Verdict::passed)
                .contains(
                        tuple("trainer_2 does at least 0.9 x the images/s of engine", false),
                        tuple("trainer_cluster does at least 0.7 x the images/s of engine", true),
                        tuple("trainer_2 does at least 18 x the images/s of dl4j_spark", true));
    }

    /** BigDL's best took 57 ms for LeNet and 115 ms for the small VGG; a third and 70 % of that. */
    @Test
    void judge_milliseconds_areThoseOfOneBatchSize() {
        Round fast = new Round(0.0189 * STEPS, STEPS * 64);

        assertThat(Bars.judge(List.of(new Contest(
                        workload(BenchModel.LENET, 64), List.of(measured(Entrant.TRAINER_2, List.of(fast)))))))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.median()).isCloseTo(18.9, within(1e-9));
                    assertThat(verdict.bar().bound()).isEqualTo(19);
                    assertThat(verdict.passed()).isTrue();
                });
        assertThat(Bars.judge(List.of(new Contest(
                        workload(BenchModel.LENET, 32), List.of(measured(Entrant.TRAINER_2, List.of(fast)))))))
                .isEmpty();
    }

    @Test
    void judge_stall_isAShareOfTheTime() {
        Round stalled = new Round(2, 640, Map.of(Round.STALL, 0.05));
        Contest contest =
                new Contest(workload(BenchModel.VGG, 64), List.of(measured(Entrant.TRAINER_JPEG, List.of(stalled))));

        Verdict verdict = only(Bars.judge(List.of(contest)), Bar.Quantity.STALL_SHARE);

        assertThat(verdict.median()).isEqualTo(0.025);
        assertThat(verdict.passed()).isFalse();
        assertThat(Tables.of(List.of(verdict))).startsWith("MISSED  vgg, batch 64");
    }

    @Test
    void judge_sidesThatWereLeftOut_areNotJudged() {
        assertThat(Bars.judge(List.of(contest(BenchModel.LENET, side(Entrant.TRAINER_1, 1)))))
                .isEmpty();
    }

    private static Verdict only(List<Verdict> verdicts, Bar.Quantity quantity) {
        List<Verdict> chosen = verdicts.stream()
                .filter(verdict -> verdict.bar().quantity() == quantity)
                .toList();
        assertThat(chosen).hasSize(1);
        return chosen.get(0);
    }

    private static Contest contest(BenchModel model, Measured... sides) {
        return new Contest(workload(model, 32), Arrays.asList(sides));
    }

    private static Workload workload(BenchModel model, int batch) {
        return new Workload(model, batch, STEPS, 2);
    }

    private static Measured side(Entrant entrant, double... seconds) {
        return measured(
                entrant,
                DoubleStream.of(seconds)
                        .mapToObj(value -> new Round(value, STEPS * 32))
                        .toList());
    }

    private static Measured measured(Entrant entrant, List<Round> rounds) {
        return new Measured(entrant, "a side", Double.NaN, rounds);
    }
}
