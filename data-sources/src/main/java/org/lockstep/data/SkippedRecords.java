package org.lockstep.data;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The bad records that were left out of batches.
 *
 * @param count how many, each counted once
 * @param first the first {@link #LISTED} of them in the order of their messages, each "Cannot read FILE at PLACE: REASON"
 */
public record SkippedRecords(int count, List<String> first) implements Serializable {

    /** No more are listed. */
    public static final int LISTED = 100;

    public static final SkippedRecords NONE = new SkippedRecords(0, List.of());

    public static SkippedRecords of(Collection<String> messages) {
        TreeSet<String> sorted = new TreeSet<>(messages);
        return new SkippedRecords(sorted.size(), sorted.stream().limit(LISTED).toList());
    }

    /** Those of both, which may have some in common; exact as long as all are listed, else the least that there can be. */
    public SkippedRecords and(SkippedRecords other) {
        TreeSet<String> all = new TreeSet<>(first);
        all.addAll(other.first);
        int least = Math.max(all.size(), Math.max(count, other.count));
        return new SkippedRecords(least, all.stream().limit(LISTED).toList());
    }
}
