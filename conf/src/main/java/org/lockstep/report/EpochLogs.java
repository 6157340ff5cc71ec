package org.lockstep.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An epoch's logs as its end told them; an epoch without validation has no {@code val_} logs.
 *
 * @param epoch 0-based
 * @param logs names to values, in the order in which they are shown
 */
public record EpochLogs(int epoch, Map<String, Double> logs) {

    public EpochLogs {
        logs = Collections.unmodifiableMap(new LinkedHashMap<>(logs));
    }
}
