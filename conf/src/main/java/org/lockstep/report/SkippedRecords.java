package org.lockstep.report;

import java.io.Serializable;
import java.util.ArrayList;
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

    public SkippedRecords {
        first = List.copyOf(first);
    }

    public static SkippedRecords of(Collection<String> messages) {
        TreeSet<String> sorted = new TreeSet<>(messages);
        return new SkippedRecords(sorted.size(), sorted.stream().limit(LISTED).toList());
    }

    /** These and those of another source. */
    public SkippedRecords plus(SkippedRecords other) {
        List<String> all = new ArrayList<>(first);
        all.addAll(other.first);
        return new SkippedRecords(
                count + other.count, all.stream().sorted().limit(LISTED).toList());
    }
}
