package org.lockstep.data;

import java.io.Serializable;

/**
 * How many bad records a source may have: what {@link BadRecords} counts against.
 *
 * @param source for messages
 * @param records how many the source has, good and bad
 */
public record BadRecordLimit(String source, long records, BadRecordRule rule) implements Serializable {

    /** The first bad record fails. */
    public static final BadRecordLimit NONE = new BadRecordLimit("", 0, BadRecordRule.FAIL);

    /** Whether this many are more than may be skipped. */
    boolean isExceededBy(int count) {
        return count > rule.maxShare() * records;
    }
}
