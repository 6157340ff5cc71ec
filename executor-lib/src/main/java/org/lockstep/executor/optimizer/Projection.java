package org.lockstep.executor.optimizer;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.lockstep.constraints.Constraint;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.constraints.MinMaxNorm;
import org.lockstep.constraints.NonNeg;
import org.lockstep.constraints.RadialConstraint;
import org.lockstep.constraints.UnitNorm;
import org.lockstep.keras.KerasSettings;

/** What a {@link Constraint} does to a variable. */
public final class Projection {

    private Projection() {}

    /**
     * Replaces a variable's values, in C order, by their projection.
     *
     * @throws IllegalArgumentException where the constraint is not defined for the shape
     */
    public static void apply(Constraint constraint, int[] shape, float[] values) {
        check(constraint, shape);
        if (constraint instanceof NonNeg) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(values[i], 0);
            }
        } else if (constraint instanceof RadialConstraint) {
            Radial.apply(shape, values);
        } else {
            new GroupNorms(shape, axes(constraint)).scale(values, factor(constraint));
        }
    }

    /** Refuses shapes that the constraint is not defined for. */
    static void check(Constraint constraint, int[] shape) {
        if (constraint instanceof RadialConstraint) {
            Radial.check(shape);
        } else if (!(constraint instanceof NonNeg)) {
            GroupNorms.check(shape, axes(constraint));
        }
    }

    private static List<Integer> axes(Constraint constraint) {
        if (constraint instanceof MaxNorm max) {
            return max.axis();
        }
        return constraint instanceof UnitNorm unit ? unit.axis() : ((MinMaxNorm) constraint).axis();
    }

    /** What a group of this norm is multiplied by: the wanted norm / (ε + norm). */
    private static DoubleUnaryOperator factor(Constraint constraint) {
        double epsilon = KerasSettings.EPSILON;
        if (constraint instanceof MaxNorm max) {
            return norm -> Math.min(norm, max.maxValue()) / (epsilon + norm);
        }
        if (constraint instanceof UnitNorm) {
            return norm -> 1 / (epsilon + norm);
        }
        MinMaxNorm bounds = (MinMaxNorm) constraint;
        return norm -> {
            double clipped = Math.min(Math.max(norm, bounds.minValue()), bounds.maxValue());
            return (bounds.rate() * clipped + (1 - bounds.rate()) * norm) / (epsilon + norm);
        };
    }
}
