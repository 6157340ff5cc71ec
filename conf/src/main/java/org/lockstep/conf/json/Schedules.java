package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.optimizers.schedules.CosineDecay;
import org.lockstep.optimizers.schedules.CosineDecayRestarts;
import org.lockstep.optimizers.schedules.ExponentialDecay;
import org.lockstep.optimizers.schedules.InverseTimeDecay;
import org.lockstep.optimizers.schedules.LearningRateSchedule;
import org.lockstep.optimizers.schedules.PiecewiseConstantDecay;
import org.lockstep.optimizers.schedules.PolynomialDecay;

/** Learning-rate schedules from plain values. */
final class Schedules {

    private static final Identified<LearningRateSchedule> SCHEDULES = schedules();

    private Schedules() {}

    static LearningRateSchedule read(String argument, @Nullable Object value) {
        return SCHEDULES.read(argument, value);
    }

    private static Identified<LearningRateSchedule> schedules() {
        String rate = "initial_learning_rate";
        return new Identified<LearningRateSchedule>("learning rate schedule", Schedules::ofNameAlone)
                .member("ExponentialDecay", rate, Schedules::exponentialDecay)
                .member("PiecewiseConstantDecay", "boundaries", Schedules::piecewiseConstantDecay)
                .member("PolynomialDecay", rate, Schedules::polynomialDecay)
                .member("InverseTimeDecay", rate, Schedules::inverseTimeDecay)
                .member("CosineDecay", rate, Schedules::cosineDecay)
                .member("CosineDecayRestarts", rate, Schedules::cosineDecayRestarts);
    }

    private static LearningRateSchedule ofNameAlone(String name) {
        throw new IllegalArgumentException(
                "Could not interpret learning rate schedule identifier: %s. A schedule needs its arguments"
                        .formatted(name));
    }

    private static LearningRateSchedule exponentialDecay(Arguments a) {
        ExponentialDecay decay = ExponentialDecay.of(initial(a), number(a, "decay_steps"), number(a, "decay_rate"));
        decay = a.set(decay, "staircase", Value::flag, ExponentialDecay::staircase);
        return a.set(decay, "name", Value::text, ExponentialDecay::name);
    }

    private static LearningRateSchedule piecewiseConstantDecay(Arguments a) {
        PiecewiseConstantDecay decay = PiecewiseConstantDecay.of(
                a.required("boundaries", Schedules::numbers), a.required("values", Schedules::numbers));
        return a.set(decay, "name", Value::text, PiecewiseConstantDecay::name);
    }

    private static LearningRateSchedule polynomialDecay(Arguments a) {
        PolynomialDecay decay = PolynomialDecay.of(initial(a), number(a, "decay_steps"));
        decay = a.set(decay, "end_learning_rate", Value::number, PolynomialDecay::endLearningRate);
        decay = a.set(decay, "power", Value::number, PolynomialDecay::power);
        decay = a.set(decay, "cycle", Value::flag, PolynomialDecay::cycle);
        return a.set(decay, "name", Value::text, PolynomialDecay::name);
    }

    private static LearningRateSchedule inverseTimeDecay(Arguments a) {
        InverseTimeDecay decay = InverseTimeDecay.of(initial(a), number(a, "decay_steps"), number(a, "decay_rate"));
        decay = a.set(decay, "staircase", Value::flag, InverseTimeDecay::staircase);
        return a.set(decay, "name", Value::text, InverseTimeDecay::name);
    }

    private static LearningRateSchedule cosineDecay(Arguments a) {
        CosineDecay base = CosineDecay.of(initial(a), number(a, "decay_steps"));
        return new CosineDecay(
                base.initialLearningRate(),
                base.decaySteps(),
                a.optional("alpha", Value::number, base.alpha()),
                a.optional("name", Value::text, base.name()),
                a.nullable("warmup_target", Value::number, base.warmupTarget()),
                a.optional("warmup_steps", Value::number, base.warmupSteps()));
    }

    private static LearningRateSchedule cosineDecayRestarts(Arguments a) {
        CosineDecayRestarts decay = CosineDecayRestarts.of(initial(a), number(a, "first_decay_steps"));
        decay = a.set(decay, "t_mul", Value::number, CosineDecayRestarts::tMul);
        decay = a.set(decay, "m_mul", Value::number, CosineDecayRestarts::mMul);
        decay = a.set(decay, "alpha", Value::number, CosineDecayRestarts::alpha);
        return a.set(decay, "name", Value::text, CosineDecayRestarts::name);
    }

    private static double initial(Arguments a) {
        return number(a, "initial_learning_rate");
    }

    private static double number(Arguments a, String name) {
        return a.required(name, Value::number);
    }

    private static List<Double> numbers(String name, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw Value.wrong(name, "a list of numbers", value);
        }
        List<Double> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(Value.number(name, number)));
        return numbers;
    }
}
