package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lockstep.data.BadRecordLimit;
import org.lockstep.data.BadRecords;
import org.lockstep.data.DataSource;
import org.lockstep.data.TrainingData;
import org.lockstep.report.SkippedRecords;

/** The bad records that were left out of a fit's batches, counted for each source over all executors. */
final class SkippedBySource {

    private static final int NAMED = 5;

    private final Map<BadRecordLimit, BadRecords> sources = new LinkedHashMap<>();
    private final Map<BadRecordLimit, SkippedRecords> already = new LinkedHashMap<>();

    /** The count of some data; the same for two parts of one source. */
    BadRecords of(TrainingData data) {
        BadRecordLimit limit = BadRecordLimit.NONE;
        if (data instanceof DataSource source) {
            limit = source.badRecordLimit();
            already.put(limit, source.alreadySkipped());
        }
        return sources.computeIfAbsent(limit, BadRecords::new);
    }

    /** Tells the history, and warns of each source that has some. */
    void report(RunCallbacks events) {
        SkippedRecords all = SkippedRecords.NONE;
        for (Map.Entry<BadRecordLimit, BadRecords> source : sources.entrySet()) {
            SkippedRecords skipped =
                    source.getValue().skipped().plus(already.getOrDefault(source.getKey(), SkippedRecords.NONE));
            if (skipped.count() > 0) {
                events.warn(warning(source.getKey(), skipped));
            }
            all = all.plus(skipped);
        }
        events.history().skipped(all);
    }

    private static String warning(BadRecordLimit limit, SkippedRecords skipped) {
        String names = String.join("; ", skipped.first().stream().limit(NAMED).toList());
        return "Left out %d of the %d records of %s, as they are bad: %s%s"
                .formatted(
                        skipped.count(),
                        limit.records(),
                        limit.source(),
                        names,
                        skipped.count() > NAMED ? "; ..." : "");
    }
}
