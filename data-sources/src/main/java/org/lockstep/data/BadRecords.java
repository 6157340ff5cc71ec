package org.lockstep.data;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bad records of one source that this JVM has met, each counted once, however often and by whichever shard it is read.
 * Safe for several threads.
 */
public final class BadRecords {

    /** Fails at the first one. */
    public static final BadRecords FAILING = new BadRecords("", 0, BadRecordRule.FAIL);

    private static final System.Logger LOG = System.getLogger(BadRecords.class.getName());
    private static final int LOGGED = 20;

    private final String source;
    private final long records;
    private final BadRecordRule rule;
    private final Set<String> met = ConcurrentHashMap.newKeySet();

    /**
     * None met yet.
     *
     * @param source for messages
     * @param records how many the source has, good and bad
     */
    public BadRecords(String source, long records, BadRecordRule rule) {
        this.source = source;
        this.records = records;
        this.rule = rule;
    }

    /**
     * Counts a record that is to be left out. The first are logged.
     *
     * @throws BadRecordException the same, if bad records are not skipped
     * @throws BadDataException if more than the allowed share of all records are bad
     */
    void skip(BadRecordException record) {
        if (rule.action() == OnBadRecord.FAIL) {
            throw record;
        }
        boolean isNew = met.add(String.valueOf(record.getMessage()));
        int count = met.size();
        if (count > rule.maxShare() * records) {
            throw new BadDataException(
                    "Cannot go on with %s: of its %d records, %d were found to be bad, more than `max_bad_share`=%s allows. One of them: %s"
                            .formatted(source, records, count, rule.maxShare(), record.getMessage()),
                    record);
        }
        if (isNew && count <= LOGGED) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Skipped a bad record: {0}{1}",
                    record.getMessage(),
                    count == LOGGED ? " (further ones are counted, but not logged)" : "");
        }
    }
}
