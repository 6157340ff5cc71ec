package org.lockstep.conf.json;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.optimizers.Adadelta;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.AdamW;
import org.lockstep.optimizers.Adamax;
import org.lockstep.optimizers.Clip;
import org.lockstep.optimizers.CommonArguments;
import org.lockstep.optimizers.Lion;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

/** Optimizers from plain values. */
final class Optimizers {

    private static final Identified<Optimizer> OPTIMIZERS = optimizers();

    private Optimizers() {}

    private static Identified<Optimizer> optimizers() {
        Identified<Optimizer> family = new Identified<>("optimizer", Optimizer::of);
        List<String> names =
                List.of("SGD", "RMSprop", "Adam", "AdamW", "Adagrad", "Adadelta", "Adamax", "Nadam", "Lion");
        for (String className : names) {
            family.member(className, "learning_rate", Optimizers::configured);
            family.alias(className.toLowerCase(Locale.ROOT), className);
        }
        return family;
    }

    /** An optimizer: also {@code {name: "sgd", learning_rate: …}}. */
    static Optimizer optimizer(String argument, @Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && !map.containsKey("class_name")
                && map.get("name") instanceof String name) {
            return configured(name, Plain.object(argument, value));
        }
        return OPTIMIZERS.read(argument, value);
    }

    private static Optimizer configured(String name, Map<String, @Nullable Object> config) {
        Arguments arguments = new Arguments(Optimizer.of(name).className(), config);
        Optimizer optimizer = configured(arguments);
        arguments.end();
        return optimizer;
    }

    private static Optimizer configured(Arguments a) {
        Optimizer base = Optimizer.of(a.callee());
        CommonArguments common = common(a, base.common());
        if (base instanceof SGD sgd) {
            sgd = a.set(sgd, "momentum", Value::number, SGD::momentum);
            return a.set(sgd, "nesterov", Value::flag, SGD::nesterov).common(common);
        }
        if (base instanceof RMSprop rmsprop) {
            rmsprop = a.set(rmsprop, "rho", Value::number, RMSprop::rho);
            rmsprop = a.set(rmsprop, "momentum", Value::number, RMSprop::momentum);
            rmsprop = a.set(rmsprop, "epsilon", Value::number, RMSprop::epsilon);
            return a.set(rmsprop, "centered", Value::flag, RMSprop::centered).common(common);
        }
        if (base instanceof Adam adam) {
            return adam(a, adam, common);
        }
        if (base instanceof AdamW decayed) {
            return new AdamW(adam(a, decayed.adam(), common));
        }
        if (base instanceof Adagrad adagrad) {
            adagrad = a.set(adagrad, "initial_accumulator_value", Value::number, Adagrad::initialAccumulatorValue);
            return a.set(adagrad, "epsilon", Value::number, Adagrad::epsilon).common(common);
        }
        if (base instanceof Adadelta adadelta) {
            adadelta = a.set(adadelta, "rho", Value::number, Adadelta::rho);
            return a.set(adadelta, "epsilon", Value::number, Adadelta::epsilon).common(common);
        }
        if (base instanceof Adamax adamax) {
            adamax = a.set(adamax, "beta_1", Value::number, Adamax::beta1);
            adamax = a.set(adamax, "beta_2", Value::number, Adamax::beta2);
            return a.set(adamax, "epsilon", Value::number, Adamax::epsilon).common(common);
        }
        if (base instanceof Nadam nadam) {
            nadam = a.set(nadam, "beta_1", Value::number, Nadam::beta1);
            nadam = a.set(nadam, "beta_2", Value::number, Nadam::beta2);
            return a.set(nadam, "epsilon", Value::number, Nadam::epsilon).common(common);
        }
        Lion lion = a.set((Lion) base, "beta_1", Value::number, Lion::beta1);
        return a.set(lion, "beta_2", Value::number, Lion::beta2).common(common);
    }

    private static Adam adam(Arguments a, Adam base, CommonArguments common) {
        Adam adam = a.set(base, "beta_1", Value::number, Adam::beta1);
        adam = a.set(adam, "beta_2", Value::number, Adam::beta2);
        adam = a.set(adam, "epsilon", Value::number, Adam::epsilon);
        return a.set(adam, "amsgrad", Value::flag, Adam::amsgrad).common(common);
    }

    private static CommonArguments common(Arguments a, CommonArguments base) {
        a.has("name");
        a.only("use_ema", false);
        // Without an average it has no effect.
        a.has("ema_momentum");
        a.only("ema_overwrite_frequency", (Object) null);
        a.only("loss_scale_factor", (Object) null);
        a.only("gradient_accumulation_steps", (Object) null);
        a.only("jit_compile", true, false, null);
        Clip clip = new Clip(
                a.nullable("clipnorm", Value::number, null),
                a.nullable("clipvalue", Value::number, null),
                a.nullable("global_clipnorm", Value::number, null));
        return a.optional("learning_rate", (name, value) -> rated(base, name, value), base)
                .weightDecay(a.nullable("weight_decay", Value::number, base.weightDecay()))
                .clip(clip);
    }

    private static CommonArguments rated(CommonArguments base, String name, @Nullable Object value) {
        return value instanceof Map<?, ?>
                ? base.learningRate(Schedules.read(name, value))
                : base.learningRate(Value.single(name, value));
    }
}
