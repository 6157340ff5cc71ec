package org.lockstep.conf.json;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.AdamW;
import org.lockstep.optimizers.Clip;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

/** Optimizers from plain values. */
final class Optimizers {

    private static final Identified<Optimizer> OPTIMIZERS = optimizers();

    private Optimizers() {}

    private static Identified<Optimizer> optimizers() {
        Identified<Optimizer> family = new Identified<>("optimizer", Optimizer::of);
        for (String className : List.of("SGD", "Adam", "AdamW", "RMSprop")) {
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
        a.has("name");
        a.only("use_ema", false);
        // Without an average it has no effect.
        a.has("ema_momentum");
        a.only("ema_overwrite_frequency", (Object) null);
        a.only("loss_scale_factor", (Object) null);
        a.only("gradient_accumulation_steps", (Object) null);
        a.only("jit_compile", true, false, null);
        Optimizer base = Optimizer.of(a.callee());
        double rate = a.optional("learning_rate", Optimizers::rate, base.learningRate());
        Double decay = a.nullable("weight_decay", Value::number, base.weightDecay());
        Clip clip = new Clip(
                a.nullable("clipnorm", Value::number, null),
                a.nullable("clipvalue", Value::number, null),
                a.nullable("global_clipnorm", Value::number, null));
        if (base instanceof SGD sgd) {
            return new SGD(
                    rate,
                    a.optional("momentum", Value::number, sgd.momentum()),
                    a.optional("nesterov", Value::flag, sgd.nesterov()),
                    decay,
                    clip);
        }
        if (base instanceof Adam adam) {
            return adam(a, adam, rate, decay, clip);
        }
        if (base instanceof AdamW decayed) {
            return new AdamW(adam(a, decayed.adam(), rate, decay, clip));
        }
        RMSprop rmsprop = (RMSprop) base;
        return new RMSprop(
                rate,
                a.optional("rho", Value::number, rmsprop.rho()),
                a.optional("momentum", Value::number, rmsprop.momentum()),
                a.optional("epsilon", Value::number, rmsprop.epsilon()),
                a.optional("centered", Value::flag, rmsprop.centered()),
                decay,
                clip);
    }

    private static Adam adam(Arguments a, Adam base, double rate, @Nullable Double decay, Clip clip) {
        return new Adam(
                rate,
                a.optional("beta_1", Value::number, base.beta1()),
                a.optional("beta_2", Value::number, base.beta2()),
                a.optional("epsilon", Value::number, base.epsilon()),
                a.optional("amsgrad", Value::flag, base.amsgrad()),
                decay,
                clip);
    }

    private static double rate(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            throw new NotSupportedException(
                    "Argument `learning_rate` must be a number: schedules are not supported. Received: learning_rate="
                            + Plain.repr(value));
        }
        return Value.single(name, value);
    }
}
