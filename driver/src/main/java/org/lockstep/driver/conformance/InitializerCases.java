package org.lockstep.driver.conformance;

import org.lockstep.conf.json.KerasArguments;
import org.lockstep.initializers.Fans;
import org.lockstep.initializers.Initializer;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Initializers, by the statistics of many draws. */
final class InitializerCases {

    private static final int NUMBERS = 200_000;
    private static final double TRUNCATED_STDDEV = 0.8796256610342398;

    private InitializerCases() {}

    static void run(Case given, Check check) {
        Fields arguments = Fields.of("args", given.config().value("args"));
        Object named = Named.of(given.config().text("name"), arguments.without());
        int[] shape = given.config().dimensions("shape");
        if (given.expected().flag("error", false)) {
            given.expected().pass("reason", "stage");
            check.that(isRefused(named, shape), "it is accepted, not refused");
            return;
        }
        Initializer initializer = KerasArguments.initializer(named);
        float[] first = values(initializer, shape, 0);
        if (given.expected().has("value")) {
            value(given.expected().numbers("value"), first, check);
        }
        Fans fans = Fans.of(shape);
        check.number("fan_in", fans.in());
        check.number("fan_out", fans.out());
        GramMatrix.check(given.expected(), shape, first, check);
        statistics(given.expected(), initializer, shape, check);
    }

    private static boolean isRefused(Object named, int[] shape) {
        try {
            values(KerasArguments.initializer(named), shape, 0);
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static float[] values(Initializer initializer, int[] shape, int draw) {
        return initializer.values(shape, CounterRandom.of(1, Purpose.INITIAL_WEIGHTS, 0, draw, 0));
    }

    private static void value(Numbers wanted, float[] actual, Check check) {
        boolean isOne = wanted.values().length == 1;
        for (int i = 0; i < actual.length; i++) {
            check.close("value", wanted.values()[isOne ? 0 : i], actual[i]);
        }
    }

    private static void statistics(Fields expected, Initializer initializer, int[] shape, Check check) {
        expected.pass("distribution");
        if (!expected.given("stddev")) {
            return;
        }
        double stddev = expected.number("stddev");
        double sum = 0;
        double squares = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (int draw = 0; count < NUMBERS; draw++) {
            for (float value : values(initializer, shape, draw)) {
                sum += value;
                squares += (double) value * value;
                min = Math.min(min, value);
                max = Math.max(max, value);
                count++;
            }
        }
        double mean = sum / count;
        double spread = Math.sqrt(squares / count - mean * mean);
        double error = 5 * stddev / Math.sqrt(count) + check.allowed(0);
        if (expected.given("mean")) {
            check.within("mean", expected.number("mean"), mean, error);
        }
        check.within("stddev", stddev, spread, error);
        if (expected.given("variance")) {
            check.within("variance", expected.number("variance"), spread * spread, 2 * stddev * error);
        }
        if (expected.given("untruncated_stddev")) {
            double untruncated = spread / TRUNCATED_STDDEV;
            check.within("untruncated_stddev", expected.number("untruncated_stddev"), untruncated, 2 * error);
        }
        bound(expected, "min", -min, stddev, check);
        bound(expected, "max", max, stddev, check);
    }

    /** A bound is never passed and nearly reached. */
    private static void bound(Fields expected, String name, double reached, double stddev, Check check) {
        if (expected.given(name)) {
            double bound = name.equals("min") ? -expected.number(name) : expected.number(name);
            check.within(name, bound, reached, 0.02 * stddev);
            check.that(reached <= bound + check.allowed(bound), name + " is passed: " + reached);
        }
    }
}
