package org.lockstep.data;

import java.io.Serializable;

/**
 * What a source does about bad records.
 *
 * @param action fail or skip
 * @param maxShare the share of all records of the source that may be skipped, in [0, 1]; of no account for fail
 */
public record BadRecordRule(OnBadRecord action, double maxShare) implements Serializable {

    /** One record in a hundred. */
    public static final double DEFAULT_MAX_SHARE = 0.01;

    public static final BadRecordRule FAIL = new BadRecordRule(OnBadRecord.FAIL, DEFAULT_MAX_SHARE);

    public BadRecordRule {
        if (!(maxShare >= 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("Invalid `max_bad_share`: must be in [0, 1]. Received: " + maxShare);
        }
    }
}
