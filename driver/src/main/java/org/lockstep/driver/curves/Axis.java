package org.lockstep.driver.curves;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An axis that begins and ends at round numbers.
 *
 * @param step between ticks: 1, 2 or 5 times a power of ten
 * @param first tick, in steps from 0
 * @param last tick, in steps from 0
 */
record Axis(BigDecimal step, long first, long last) {

    /** The axis that holds these values with about so many ticks. */
    static Axis of(double low, double high, int ticks) {
        double least = high > low ? low : low - Math.max(0.5 * Math.abs(low), 1e-3);
        double most = high > low ? high : high + Math.max(0.5 * Math.abs(high), 1e-3);
        BigDecimal step = round((most - least) / ticks);
        double size = step.doubleValue();
        return new Axis(step, (long) Math.floor(least / size + 1e-9), (long) Math.ceil(most / size - 1e-9));
    }

    private static BigDecimal round(double step) {
        int power = (int) Math.floor(Math.log10(step));
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(power);
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal candidate = unit.multiply(BigDecimal.valueOf(factor));
            if (candidate.doubleValue() >= step * (1 - 1e-9)) {
                return candidate;
            }
        }
        return unit.scaleByPowerOfTen(1);
    }

    List<BigDecimal> ticks() {
        return LongStream.rangeClosed(first, last)
                .mapToObj(tick -> step.multiply(BigDecimal.valueOf(tick)))
                .toList();
    }

    String label(BigDecimal tick) {
        return tick.setScale(Math.max(0, step.stripTrailingZeros().scale())).toPlainString();
    }

    /** Where a value lies: 0 at the first tick, 1 at the last. */
    double place(double value) {
        double size = step.doubleValue();
        return (value / size - first) / (last - first);
    }

    /** Every how manieth of so many epochs carries its number: about twelve do. */
    static int every(int count) {
        return count <= 12 ? 1 : Math.max(1, round(count / 12.0).intValueExact());
    }
}
