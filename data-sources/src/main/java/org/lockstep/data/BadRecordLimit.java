package org.lockstep.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How many bad records a source may have: what {@link BadRecords} counts against.
 *
 * @param source for messages
 * @param records how many the source has, good and bad
 */
public record BadRecordLimit(String source, long records, BadRecordRule rule) implements Serializable {

    /** The first bad record fails. */
    public static final BadRecordLimit NONE = new BadRecordLimit("", 0, BadRecordRule.FAIL);

    /**
     * Refuses more bad records than may be skipped.
     *
     * @param example one of them: "Cannot read FILE at PLACE: REASON"
     */
    public void check(int count, String example, @Nullable BadRecordException cause) {
        if (count > rule.maxShare() * records) {
            throw new BadDataException(
                    "Cannot go on with %s: of its %d records, %d were found to be bad, more than `max_bad_share`=%s allows. One of them: %s"
                            .formatted(source, records, count, rule.maxShare(), example),
                    cause);
        }
    }
}
