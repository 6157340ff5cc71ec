package org.lockstep.data;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lockstep.report.SkippedRecords;

/**
 * The bad records of one source that are known here, each counted once, however often and by whichever shard it is read: on
 * an executor, and in a child process, those that this JVM has met, so that it can give up at once; on the driver, those of
 * all. Safe for several threads.
 */
public final class BadRecords {

    /** Fails at the first one. */
    public static final BadRecords FAILING = new BadRecords(BadRecordLimit.NONE);

    private static final System.Logger LOG = System.getLogger(BadRecords.class.getName());
    private static final int LOGGED = 20;

    private final BadRecordLimit limit;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** None known yet. */
    public BadRecords(BadRecordLimit limit) {
        this.limit = limit;
    }

    /**
     * Counts a record that is to be left out. The first are logged.
     *
     * @throws BadRecordException the same, if bad records are not skipped
     * @throws BadDataException if more than the allowed share of all records are bad
     */
    void skip(BadRecordException record) {
        if (limit.rule().action() == OnBadRecord.FAIL) {
            throw record;
        }
        String message = String.valueOf(record.getMessage());
        boolean isNew = known.add(message);
        int count = known.size();
        limit.check(count, message, record);
        if (isNew && count <= LOGGED) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Skipped a bad record: {0}{1}",
                    message,
                    count == LOGGED ? " (further ones are counted, but not logged)" : "");
        }
    }

    /**
     * Counts records that were left out elsewhere.
     *
     * @param messages each "Cannot read FILE at PLACE: REASON"
     * @throws BadDataException if more than the allowed share of all records are bad
     */
    public void addAll(Collection<String> messages) {
        known.addAll(messages);
        for (String message : messages) {
            limit.check(known.size(), message, null);
        }
    }

    /** All that are known. */
    public SkippedRecords skipped() {
        return SkippedRecords.of(known);
    }
}
