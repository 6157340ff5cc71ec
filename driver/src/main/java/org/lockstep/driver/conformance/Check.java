package org.lockstep.driver.conformance;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;

/** Compares what came out of one case with what is expected, and keeps the largest deviations and the first failure. */
final class Check {

    private final Fields expected;
    private final Tolerance tolerance;
    private double absolute;
    private double relative;
    private @Nullable String failure;

    Check(Fields expected, Tolerance tolerance) {
        this.expected = expected;
        this.tolerance = tolerance;
    }

    double absolute() {
        return absolute;
    }

    double relative() {
        return relative;
    }

    /** How far off a number may be. */
    double allowed(double wanted) {
        return tolerance.allowed(wanted);
    }

    @Nullable
    String failure() {
        return failure;
    }

    /** Compares with an expected number, where the case has it. */
    void number(String name, double actual) {
        if (expected.has(name)) {
            close(name, expected.number(name), actual);
        }
    }

    /** Compares with an expected tensor, where the case has it. */
    void tensor(String name, Tensor actual) {
        numbers(name, Numbers.of(actual));
    }

    /** Compares with an expected tensor, where the case has it. */
    void numbers(String name, Numbers actual) {
        if (expected.has(name)) {
            close(name, expected.numbers(name), actual);
        }
    }

    /** Compares with an expected plain value, where the case has it. */
    void value(String name, @Nullable Object actual) {
        if (expected.has(name)) {
            same(name, expected.value(name), actual);
        }
    }

    void close(String name, Numbers wanted, Numbers actual) {
        if (!Arrays.equals(wanted.shape(), actual.shape())) {
            fail("%s has shape %s, not %s"
                    .formatted(name, Arrays.toString(actual.shape()), Arrays.toString(wanted.shape())));
            return;
        }
        for (int i = 0; i < wanted.values().length; i++) {
            close(name + "[" + i + "]", wanted.values()[i], actual.values()[i]);
        }
    }

    void close(String name, double wanted, double actual) {
        within(name, wanted, actual, tolerance.allowed(wanted));
    }

    /** Compares with a tolerance of its own. */
    void within(String name, double wanted, double actual, double allowed) {
        double deviation = Double.compare(wanted, actual) == 0 ? 0 : Math.abs(wanted - actual);
        deviation = Double.isNaN(deviation) ? Double.POSITIVE_INFINITY : deviation;
        absolute = Math.max(absolute, deviation);
        if (wanted != 0 && Double.isFinite(wanted)) {
            relative = Math.max(relative, deviation / Math.abs(wanted));
        }
        if (!(deviation <= allowed)) {
            fail("%s is %.9g, not %.9g".formatted(name, actual, wanted));
        }
    }

    void same(String name, @Nullable Object wanted, @Nullable Object actual) {
        if (!Plain.same(wanted, actual)) {
            fail("%s is %s, not %s".formatted(name, actual, wanted));
        }
    }

    void that(boolean isTrue, String otherwise) {
        if (!isTrue) {
            fail(otherwise);
        }
    }

    /** Fails where something of the case was not looked at, whatever else failed for want of it. */
    void leftOver(List<String> names) {
        failure = names.isEmpty() ? failure : "not supported yet: " + String.join(", ", names);
    }

    void fail(String reason) {
        failure = failure == null ? reason : failure;
    }
}
