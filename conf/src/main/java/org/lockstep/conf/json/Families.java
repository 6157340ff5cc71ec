package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lockstep.constraints.Constraint;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.constraints.MinMaxNorm;
import org.lockstep.constraints.NonNeg;
import org.lockstep.constraints.RadialConstraint;
import org.lockstep.constraints.UnitNorm;
import org.lockstep.initializers.Constant;
import org.lockstep.initializers.Identity;
import org.lockstep.initializers.Initializer;
import org.lockstep.initializers.Ones;
import org.lockstep.initializers.Orthogonal;
import org.lockstep.initializers.RandomNormal;
import org.lockstep.initializers.RandomUniform;
import org.lockstep.initializers.Scaled;
import org.lockstep.initializers.TruncatedNormal;
import org.lockstep.initializers.Values;
import org.lockstep.initializers.VarianceScaling;
import org.lockstep.initializers.Zeros;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.OrthogonalRegularizer;
import org.lockstep.regularizers.Regularizer;

/** Initializers, regularizers and constraints from plain values. */
final class Families {

    private static final Identified<Initializer> INITIALIZERS = initializers();

    private static final Identified<Regularizer> REGULARIZERS = new Identified<Regularizer>(
                    "regularizer", Families::namedRegularizer)
            .member("L1", "l1", a -> new L1(penalty(a, "l1", L1.of().l1())))
            .member("L2", "l2", a -> new L2(penalty(a, "l2", L2.of().l2())))
            .member("L1L2", "l1", a -> new L1L2(penalty(a, "l1", 0), penalty(a, "l2", 0)))
            .member("OrthogonalRegularizer", "factor", a -> {
                OrthogonalRegularizer base = OrthogonalRegularizer.of();
                return new OrthogonalRegularizer(
                        penalty(a, "factor", base.factor()), a.optional("mode", Value::text, base.mode()));
            });

    private static final Identified<Constraint> CONSTRAINTS = new Identified<Constraint>(
                    "constraint", Families::namedConstraint)
            .member("MaxNorm", "max_value", a -> {
                MaxNorm base = MaxNorm.of();
                return new MaxNorm(
                        a.optional("max_value", Value::number, base.maxValue()),
                        a.optional("axis", Value::axes, base.axis()));
            })
            .member(
                    "UnitNorm",
                    "axis",
                    a -> new UnitNorm(
                            a.optional("axis", Value::axes, UnitNorm.of().axis())))
            .member("MinMaxNorm", "min_value", a -> {
                MinMaxNorm base = MinMaxNorm.of();
                return new MinMaxNorm(
                        a.optional("min_value", Value::number, base.minValue()),
                        a.optional("max_value", Value::number, base.maxValue()),
                        a.optional("rate", Value::number, base.rate()),
                        a.optional("axis", Value::axes, base.axis()));
            })
            .member("NonNeg", "", a -> NonNeg.of())
            .member("RadialConstraint", "", a -> RadialConstraint.of());

    private Families() {}

    /** An initializer; null is what Keras takes for it, and a nested list or a tensor are values. */
    static Initializer initializer(String argument, @Nullable Object value) {
        if (value == null) {
            return Initializer.of(null);
        }
        if (value instanceof List<?> list) {
            List<Integer> shape = new ArrayList<>();
            List<Float> data = new ArrayList<>();
            flatten(argument, list, 0, shape, data);
            return new Values(shape, data);
        }
        if (value instanceof Map<?, ?> map && map.containsKey("data") && map.containsKey("shape")) {
            List<Float> data = new ArrayList<>();
            flatten(argument, Plain.list(argument, map.get("data")), 0, new ArrayList<>(), data);
            return new Values(Value.axes(argument, map.get("shape")), data);
        }
        return INITIALIZERS.read(argument, value);
    }

    /** A regularizer; {@code {l1, l2}} is both. */
    static Regularizer regularizer(String argument, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.size() == 2 && map.containsKey("l1") && map.containsKey("l2")) {
            return L1L2.of(Value.single("l1", map.get("l1")), Value.single("l2", map.get("l2")));
        }
        return REGULARIZERS.read(argument, value);
    }

    static Constraint constraint(String argument, @Nullable Object value) {
        return CONSTRAINTS.read(argument, value);
    }

    private static Identified<Initializer> initializers() {
        Identified<Initializer> family = new Identified<Initializer>("initializer", Initializer::of)
                .member("Zeros", "", a -> new Zeros())
                .member("Ones", "", a -> new Ones())
                .member("Constant", "value", a -> new Constant(a.required("value", Value::number)))
                .member("RandomNormal", "mean", a -> {
                    RandomNormal base = RandomNormal.of();
                    return new RandomNormal(
                            number(a, "mean", base.mean()), number(a, "stddev", base.stddev()), seed(a));
                })
                .member("RandomUniform", "minval", a -> {
                    RandomUniform base = RandomUniform.of();
                    return new RandomUniform(
                            number(a, "minval", base.minval()), number(a, "maxval", base.maxval()), seed(a));
                })
                .member("TruncatedNormal", "mean", a -> {
                    TruncatedNormal base = TruncatedNormal.of();
                    return new TruncatedNormal(
                            number(a, "mean", base.mean()), number(a, "stddev", base.stddev()), seed(a));
                })
                .member("VarianceScaling", "scale", a -> {
                    VarianceScaling base = VarianceScaling.of();
                    return new VarianceScaling(
                            number(a, "scale", base.scale()),
                            a.optional("mode", Value::text, base.mode()),
                            a.optional("distribution", Value::text, base.distribution()),
                            seed(a));
                })
                .member(
                        "Orthogonal",
                        "gain",
                        a -> new Orthogonal(number(a, "gain", Orthogonal.of().gain()), seed(a)))
                .member(
                        "Identity",
                        "gain",
                        a -> new Identity(number(a, "gain", Identity.of().gain())));
        family.alias("OrthogonalInitializer", "Orthogonal");
        family.alias("IdentityInitializer", "Identity");
        for (Scaled.Preset preset : Scaled.Preset.values()) {
            family.member(Scaled.of(preset).className(), "seed", a -> new Scaled(preset, seed(a)));
        }
        return family;
    }

    private static @Nullable Long seed(Arguments arguments) {
        arguments.only("input_axes", (Object) null);
        arguments.only("output_axes", (Object) null);
        return arguments.nullable("seed", Value::wide, null);
    }

    private static double number(Arguments arguments, String name, double absent) {
        return arguments.optional(name, Value::number, absent);
    }

    private static double penalty(Arguments arguments, String name, double absent) {
        Double given = arguments.nullable(name, Value::single, absent);
        return given == null ? absent : given;
    }

    private static Regularizer namedRegularizer(String name) {
        Regularizer regularizer = Regularizer.of(name);
        return Objects.requireNonNull(regularizer);
    }

    private static Constraint namedConstraint(String name) {
        Constraint constraint = Constraint.of(name);
        return Objects.requireNonNull(constraint);
    }

    private static void flatten(String argument, List<?> list, int depth, List<Integer> shape, List<Float> data) {
        if (shape.size() == depth) {
            shape.add(list.size());
        }
        if (shape.get(depth) != list.size()) {
            throw Value.wrong(argument, "a list of lists of one length", list);
        }
        for (Object element : list) {
            if (element instanceof List<?> inner) {
                flatten(argument, inner, depth + 1, shape, data);
            } else {
                data.add((float) Value.number(argument, element));
            }
        }
    }
}
