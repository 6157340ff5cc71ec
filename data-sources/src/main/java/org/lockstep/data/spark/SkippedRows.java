package org.lockstep.data.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.data.BadDataException;
import org.lockstep.data.OnBadRecord;
import org.lockstep.report.SkippedRecords;

/** The bad rows of one partition. */
final class SkippedRows {

    private final OnBadRecord action;
    private final List<String> names = new ArrayList<>();
    private int count;

    SkippedRows(OnBadRecord action) {
        this.action = action;
    }

    /**
     * Counts a row that is left out.
     *
     * @throws BadDataException the same, if bad rows are not skipped
     */
    void add(BadDataException row) {
        if (action == OnBadRecord.FAIL) {
            throw row;
        }
        count++;
        if (names.size() < SkippedRecords.LISTED) {
            names.add(String.valueOf(row.getMessage()));
        }
    }

    ByteBuffer tail() {
        return Tail.bytes(count, names);
    }
}
