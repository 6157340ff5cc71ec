package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.exchange.Load;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Meter;
import org.lockstep.examples.bench.exchange.Transport;
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

        Verdict limit = only(verdicts, Quantity.TIME_RATIO);
        assertThat(limit.required().bound()).isEqualTo(1.25);
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
        assertThat(verdicts).extracting(verdict -> verdict.required().bound()).containsExactly(1.6, 1.25);
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
                .extracting(verdict -> verdict.required().title(), Verdict::passed)
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
                    assertThat(verdict.required().bound()).isEqualTo(19);
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

        Verdict verdict = only(Bars.judge(List.of(contest)), Quantity.STALL_SHARE);

        assertThat(verdict.median()).isEqualTo(0.025);
        assertThat(verdict.passed()).isFalse();
        assertThat(Tables.of(List.of(verdict))).startsWith("MISSED  vgg, batch 64");
    }

    @Test
    void judge_bfloat16_isOnVggAlone() {
        List<Verdict> verdicts = Bars.judge(List.of(
                contest(BenchModel.LENET, side(Entrant.ENGINE, 1.7), side(Entrant.ENGINE_BF16, 1)),
                contest(BenchModel.VGG, side(Entrant.ENGINE, 1.7), side(Entrant.ENGINE_BF16, 1))));

        assertThat(verdicts)
                .extracting(verdict -> verdict.required().title(), Verdict::passed)
                .containsExactly(tuple("engine_bf16 does at least 1.6 x the images/s of engine", true));
    }

    /** Both do their rounds of images: half as many each for the one that has half the batch. */
    @Test
    void judge_twoWorkers_areComparedWithOneOfThem() {
        Measured one = measured(Entrant.SHARD_1, List.of(new Round(1, STEPS * 16)));
        List<Verdict> verdicts = Bars.judge(List.of(
                contest(BenchModel.VGG, side(Entrant.TRAINER_CLUSTER, 1.1), one),
                contest(BenchModel.LENET, side(Entrant.TRAINER_CLUSTER, 1.4), one)));

        assertThat(verdicts)
                .extracting(verdict -> verdict.required().bound(), Verdict::passed)
                .containsExactly(tuple(1.8, true), tuple(1.5, false));
    }

    @Test
    void judge_epochBoundary_isLongerWithExecutors() {
        Round slow = new Round(2, 640, Map.of(Round.BOUNDARY, 200.0));
        List<Verdict> verdicts = Bars.judge(List.of(contest(
                BenchModel.RESNET20,
                measured(Entrant.TRAINER_2, List.of(slow)),
                measured(Entrant.TRAINER_CLUSTER, List.of(slow)))));

        assertThat(verdicts)
                .extracting(verdict -> verdict.required().bound(), Verdict::passed)
                .containsExactly(tuple(150.0, false), tuple(400.0, true));
    }

    /** One long pause in many rounds is one too many. */
    @Test
    void judge_pauses_byTheLongestOfAllRounds() {
        List<Round> rounds = List.of(paused(0), paused(21), paused(0));

        Verdict verdict = only(
                Bars.judge(List.of(contest(BenchModel.VGG, measured(Entrant.ENGINE, rounds)))),
                Quantity.GC_PAUSE_MILLIS);

        assertThat(verdict.median()).isEqualTo(21);
        assertThat(verdict.passed()).isFalse();
    }

    private static Round paused(double millis) {
        return new Round(1, 320, Map.of(Round.GC_PAUSE, millis));
    }

    /** From the end of the first fifth; of fewer than 10,000 steps nothing is said. */
    @Test
    void judge_growth_overManySteps() {
        List<Round> rounds = IntStream.range(0, 10)
                .mapToObj(i -> new Round(1, 320, Map.of(Round.RESIDENT, 1e9 + 1e7 * i)))
                .toList();
        Measured side = measured(Entrant.ENGINE, rounds);

        Verdict verdict = only(
                Bars.judge(List.of(new Contest(new Workload(BenchModel.VGG, 32, 1000, 2), List.of(side)))),
                Quantity.GROWTH_BYTES);

        assertThat(verdict.median()).isEqualTo(7e7);
        assertThat(verdict.passed()).isFalse();
        assertThat(Bars.judge(List.of(contest(BenchModel.VGG, side)))).isEmpty();
    }

    @Test
    void judge_exchanges_ofProcessesAlone() {
        List<Verdict> verdicts = Bars.judgeExchanges(List.of(
                exchange("sockets", "lenet", 2, 0.1),
                exchange(Transport.ONE_MACHINE, "lenet", 2, 0.006),
                exchange(Transport.PROCESSES, "lenet", 2, 0.007),
                exchange(Transport.PROCESSES, "vgg", 4, 0.1)));

        assertThat(verdicts)
                .extracting(Verdict::model, verdict -> verdict.required().title(), Verdict::passed)
                .containsExactly(
                        tuple(
                                "lenet, 2 workers",
                                "exchange and update among 2 processes of one machine take at most 5 ms",
                                false),
                        tuple(
                                "lenet, 2 workers",
                                "bytes on the wire among any number of processes are within 0.02 of 2 (W - 1) / W gradients",
                                true),
                        tuple(
                                "vgg, 4 workers",
                                "bytes on the wire among any number of processes are within 0.02 of 2 (W - 1) / W gradients",
                                true));
    }

    /** With 1 % more bytes than must be. */
    private static Measurement exchange(String transport, String model, int workers, double seconds) {
        double sent = 1.01 * 2 * (workers - 1) / workers * 1000 * Float.BYTES;
        return new Measurement(
                transport, model, 1000, workers, new Load(3, 3, 0, 0), null, List.of(new Meter.Reading(seconds, sent)));
    }

    @Test
    void judge_sidesThatWereLeftOut_areNotJudged() {
        assertThat(Bars.judge(List.of(contest(BenchModel.LENET, side(Entrant.TRAINER_1, 1)))))
                .isEmpty();
    }

    private static Verdict only(List<Verdict> verdicts, Quantity quantity) {
        List<Verdict> chosen = verdicts.stream()
                .filter(verdict -> verdict.required().quantity() == quantity)
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
