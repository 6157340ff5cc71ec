package org.lockstep.optimizers.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.json.Json;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;

/** Rates worked out by hand. */
class SchedulesTest {

    private static final Offset<Double> CLOSE = within(1e-15);

    private static void assertRates(LearningRateSchedule schedule, long[] steps, double... rates) {
        double[] found = Arrays.stream(steps).mapToDouble(schedule::rate).toArray();
        assertThat(found).as("%s", schedule).containsExactly(rates, CLOSE);
    }

    private static long[] at(long... steps) {
        return steps;
    }

    @Test
    void exponentialDecay_fallsByItsRate() {
        ExponentialDecay decay = ExponentialDecay.of(0.5, 4, 0.25);
        assertRates(decay, at(0, 2, 4, 6, 8), 0.5, 0.25, 0.125, 0.0625, 0.03125);
        assertRates(decay.staircase(true), at(0, 2, 3, 4, 7, 8), 0.5, 0.5, 0.5, 0.125, 0.125, 0.03125);
    }

    @Test
    void inverseTimeDecay_fallsAsItsHyperbola() {
        InverseTimeDecay decay = InverseTimeDecay.of(0.5, 2, 1);
        assertRates(decay, at(0, 1, 2, 6), 0.5, 0.5 / 1.5, 0.25, 0.125);
        assertRates(decay.staircase(true), at(0, 1, 2, 3, 4), 0.5, 0.5, 0.25, 0.25, 0.5 / 3);
    }

    @Test
    void piecewiseConstantDecay_changesAfterItsBoundaries() {
        LearningRateSchedule decay = PiecewiseConstantDecay.of(List.of(3, 7, 8), List.of(1.0, 0.5, 0.25, 0.125));
        assertRates(decay, at(0, 3, 4, 7, 8, 9, 1L << 40), 1, 1, 0.5, 0.5, 0.25, 0.125, 0.125);
    }

    @Test
    void polynomialDecay_endsAtItsEnd() {
        PolynomialDecay decay = PolynomialDecay.of(0.5, 10).endLearningRate(0.1);
        assertRates(decay, at(0, 5, 10, 15), 0.5, 0.3, 0.1, 0.1);
        assertRates(decay.power(2), at(0, 5, 10), 0.5, 0.2, 0.1);
        assertRates(decay.cycle(true), at(0, 5, 10, 15, 20, 25), 0.5, 0.3, 0.1, 0.2, 0.1, 0.1 + 0.4 / 6);
        assertRates(PolynomialDecay.of(1, 10), at(10), 0.0001);
    }

    @Test
    void cosineDecay_keepsItsAlpha_andWarmsUpToItsTarget() {
        assertRates(CosineDecay.of(0.5, 4), at(0, 2, 4, 5), 0.5, 0.25, 0, 0);
        assertRates(CosineDecay.of(0.5, 4).alpha(0.5), at(0, 2, 4, 5), 0.5, 0.375, 0.25, 0.25);
        CosineDecay warm = CosineDecay.of(0.1, 4).warmup(0.5, 4);
        assertRates(warm, at(0, 1, 3, 4, 6, 8, 9), 0.1, 0.2, 0.4, 0.5, 0.25, 0, 0);
    }

    @Test
    void cosineDecayRestarts_beginsAnewAfterEachPeriod() {
        CosineDecayRestarts decay = CosineDecayRestarts.of(0.5, 2);
        assertRates(decay, at(0, 1, 2, 4, 6, 10, 14), 0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5);
        assertRates(decay.mMul(0.5).alpha(0.5), at(0, 1, 2, 4, 6), 0.5, 0.375, 0.375, 0.3125, 0.3125);
        assertRates(decay.tMul(1).mMul(0.5), at(0, 1, 2, 3, 4), 0.5, 0.25, 0.25, 0.125, 0.125);
    }

    /** In the quotient of logarithms 1000 is a little less than 10³. */
    @Test
    void cosineDecayRestarts_beginsAnewAtTheExactStep() {
        CosineDecayRestarts decay = CosineDecayRestarts.of(0.5, 1).tMul(10).mMul(0.5);
        assertRates(decay, at(0, 1, 11, 111, 1111), 0.5, 0.25, 0.125, 0.0625, 0.03125);
    }

    static Stream<LearningRateSchedule> schedules() {
        return Stream.of(
                ExponentialDecay.of(0.5, 4, 0.25).staircase(true).name("a"),
                InverseTimeDecay.of(0.5, 2.5, 1).staircase(true).name("a"),
                PiecewiseConstantDecay.of(List.of(3, 7.5), List.of(1, 0.5, 0.25))
                        .name("a"),
                PolynomialDecay.of(1, 10)
                        .endLearningRate(0.1)
                        .power(2)
                        .cycle(true)
                        .name("a"),
                CosineDecay.of(0, 4).alpha(0.5).warmup(0.5, 4).name("a"),
                CosineDecay.of(0.5, 4),
                CosineDecayRestarts.of(0.5, 1).tMul(10).mMul(0.5).alpha(0.5).name("a"));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void json_ofASchedule_isReadAsItWas(LearningRateSchedule schedule) {
        assertThat(KerasArguments.schedule(Json.parse(Json.write(KerasJson.toPlain(schedule)))))
                .isEqualTo(schedule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ExponentialDecay | {initial_learning_rate: 0.1, decay_steps: 100, decay_rate: 0.9}"
                        + " | {'initial_learning_rate':0.1,'decay_steps':100,'decay_rate':0.9,'staircase':false,'name':'ExponentialDecay'}",
                "PiecewiseConstantDecay | {boundaries: [10, 20], values: [1.0, 0.5, 0.1]}"
                        + " | {'boundaries':[10,20],'values':[1.0,0.5,0.1],'name':'PiecewiseConstant'}",
                "PolynomialDecay | {initial_learning_rate: 0.1, decay_steps: 100}"
                        + " | {'initial_learning_rate':0.1,'decay_steps':100,'end_learning_rate':1.0E-4,'power':1.0,'cycle':false,'name':'PolynomialDecay'}",
                "InverseTimeDecay | {initial_learning_rate: 0.1, decay_steps: 100, decay_rate: 0.5}"
                        + " | {'initial_learning_rate':0.1,'decay_steps':100,'decay_rate':0.5,'staircase':false,'name':'InverseTimeDecay'}",
                "CosineDecay | {initial_learning_rate: 0.1, decay_steps: 100}"
                        + " | {'initial_learning_rate':0.1,'decay_steps':100,'alpha':0.0,'name':'CosineDecay','warmup_target':null,'warmup_steps':0}",
                "CosineDecayRestarts | {initial_learning_rate: 0.1, first_decay_steps: 100}"
                        + " | {'initial_learning_rate':0.1,'first_decay_steps':100,'t_mul':2.0,'m_mul':1.0,'alpha':0.0,'name':'SGDRDecay'}",
            })
    void json_ofTheLeastArguments_hasKerasDefaultsInKerasOrder(String className, String given, String config) {
        String json = given.replaceAll("(\\w+):", "\"$1\":");
        LearningRateSchedule schedule = KerasArguments.schedule(
                Json.parse("{\"class_name\": \"%s\", \"config\": %s}".formatted(className, json)));
        assertThat(Json.write(KerasJson.toPlain(schedule)).replaceAll("\\s", ""))
                .isEqualTo(
                        "{'module':'keras.optimizers.schedules','class_name':'%s','config':%s,'registered_name':null}"
                                .formatted(className, config)
                                .replace('\'', '"'));
    }

    @Test
    void brief_formsOfJobFiles_areRead() {
        assertThat(KerasArguments.schedule(Json.parse("{\"cosine_decay\": 0.1, \"decay_steps\": 8, \"alpha\": 0.5}")))
                .isEqualTo(CosineDecay.of(0.1, 8).alpha(0.5));
        assertThat(KerasArguments.schedule(
                        Json.parse("{\"piecewise_constant_decay\": {\"boundaries\": [1], \"values\": [2, 1]}}")))
                .isEqualTo(PiecewiseConstantDecay.of(List.of(1), List.of(2, 1)));
    }

    @Test
    void wrongArguments_areRefusedInKerasWords() {
        assertThatThrownBy(() -> ExponentialDecay.of(0.1, 0, 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Argument `decay_steps` must be > 0. Received: decay_steps=0");
        assertThatThrownBy(() -> InverseTimeDecay.of(0.1, -1.5, 0.9)).hasMessageContaining("decay_steps=-1.5");
        assertThatThrownBy(() -> PolynomialDecay.of(0.1, Double.NaN)).hasMessageContaining("`decay_steps`");
        assertThatThrownBy(() -> CosineDecay.of(0.1, 0)).hasMessageContaining("`decay_steps`");
        assertThatThrownBy(() -> CosineDecayRestarts.of(0.1, 0))
                .hasMessage("Argument `first_decay_steps` must be > 0. Received: first_decay_steps=0");
        assertThatThrownBy(() -> PiecewiseConstantDecay.of(List.of(1, 2), List.of(0.5, 0.25)))
                .hasMessage("The length of boundaries should be 1 less than the length of values. "
                        + "Received: boundaries=[1, 2] of length 2, and values=[0.5, 0.25] of length 2.");
        assertThatThrownBy(() -> PiecewiseConstantDecay.of(List.of(), List.of(0.5)))
                .hasMessage("Invalid `boundaries`: needs at least one. Received: boundaries=[]");
        assertThatThrownBy(() -> KerasArguments.schedule("ExponentialDecay"))
                .hasMessageContaining("A schedule needs its arguments");
        assertThatThrownBy(() -> KerasArguments.schedule(Json.parse("{\"cosine_decay\": 0.1}")))
                .hasMessage("CosineDecay is missing 1 required argument: `decay_steps`.");
    }
}
