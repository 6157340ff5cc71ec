package org.lockstep.driver.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How near a number a must be to the expected b: |a − b| ≤ atol + rtol · |b|. */
record Tolerance(double rtol, double atol) {

    /** The tolerance that a case or file states, or another where it states none. */
    static Tolerance of(@Nullable Object value, Tolerance absent) {
        if (!(value instanceof Map<?, ?> map)) {
            return absent;
        }
        return new Tolerance(
                map.containsKey("rtol") ? Plain.number("rtol", map.get("rtol")) : absent.rtol,
                map.containsKey("atol") ? Plain.number("atol", map.get("atol")) : absent.atol);
    }

    /** What an expected value of this size allows; nothing where it is not finite. */
    double allowed(double expected) {
        return Double.isFinite(expected) ? atol + rtol * Math.abs(expected) : 0;
    }
}
