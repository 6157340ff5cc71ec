package org.lockstep.executor.step.onednn;

import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;

/** An activation of single numbers that oneDNN does not have. */
interface ScalarFunction {

    double value(double x);

    double slope(double x);

    static ScalarFunction of(Activation activation) {
        return switch (activation.function()) {
            case RELU ->
                new Relu(
                        activation.argument("negative_slope"),
                        activation.argument("max_value"),
                        activation.argument("threshold"));
            case CELU -> new Celu(activation.argument("alpha"));
            case SOFTSIGN -> of(x -> x / (1 + Math.abs(x)), x -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))));
            case HARD_SHRINK -> hardShrink(activation.argument("threshold"));
            case SOFT_SHRINK -> softShrink(activation.argument("threshold"));
            case TANH_SHRINK -> of(x -> x - StrictMath.tanh(x), x -> StrictMath.tanh(x) * StrictMath.tanh(x));
            case THRESHOLD -> threshold(activation.argument("threshold"), activation.argument("default_value"));
            case SQUAREPLUS -> squareplus(activation.argument("b"));
            case SPARSE_PLUS -> of(ScalarFunction::sparsePlus, x -> Math.min(Math.max((x + 1) / 2, 0), 1));
            default -> throw unknown(activation.function());
        };
    }

    private static IllegalStateException unknown(Function function) {
        return new IllegalStateException("No formula for activation " + function.kerasName());
    }

    /** A formula of one number. */
    @FunctionalInterface
    interface Formula {
        double at(double x);
    }

    private static ScalarFunction of(Formula value, Formula slope) {
        return new ScalarFunction() {
            @Override
            public double value(double x) {
                return value.at(x);
            }

            @Override
            public double slope(double x) {
                return slope.at(x);
            }
        };
    }

    private static ScalarFunction hardShrink(double threshold) {
        return of(x -> Math.abs(x) <= threshold ? 0 : x, x -> Math.abs(x) <= threshold ? 0 : 1);
    }

    private static ScalarFunction softShrink(double threshold) {
        return of(
                x -> Math.abs(x) <= threshold ? 0 : x - Math.copySign(threshold, x),
                x -> Math.abs(x) <= threshold ? 0 : 1);
    }

    private static ScalarFunction threshold(double threshold, double otherwise) {
        return of(x -> x <= threshold ? otherwise : x, x -> x <= threshold ? 0 : 1);
    }

    private static ScalarFunction squareplus(double b) {
        return of(x -> (x + Math.sqrt(x * x + b)) / 2, x -> (1 + x / Math.sqrt(x * x + b)) / 2);
    }

    private static double sparsePlus(double x) {
        if (x <= -1) {
            return 0;
        }
        return x < 1 ? (x + 1) * (x + 1) / 4 : x;
    }

    /** x ≥ max: max; x &gt; threshold: x; else slope · (x − threshold). */
    record Relu(double slope, double max, double threshold) implements ScalarFunction {

        @Override
        public double value(double x) {
            if (x >= max) {
                return max;
            }
            return x <= threshold ? slope * (x - threshold) : x;
        }

        @Override
        public double slope(double x) {
            if (x >= max) {
                return 0;
            }
            return x <= threshold ? slope : 1;
        }
    }

    /** x &gt; 0: x; else alpha · (e^(x / alpha) − 1). */
    record Celu(double alpha) implements ScalarFunction {

        @Override
        public double value(double x) {
            return x > 0 ? x : alpha * StrictMath.expm1(x / alpha);
        }

        @Override
        public double slope(double x) {
            return x > 0 ? 1 : StrictMath.exp(x / alpha);
        }
    }
}
