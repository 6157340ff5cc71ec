package org.lockstep.data.idx;

import org.lockstep.data.BadRecordException;
import org.lockstep.data.Labels;
import org.lockstep.data.storage.StoredFile;

/**
 * Labels in memory.
 *
 * @param classes labels must be in [0, classes); 0: they are not checked
 * @param targets what becomes of them
 */
record IdxLabels(StoredFile file, IdxContent content, int classes, Labels targets) {

    /**
     * One record's label.
     *
     * @throws BadRecordException if it is no class
     */
    int of(int record) {
        int value = content.record(record)[0] & 0xFF;
        if (classes > 0 && value >= classes) {
            throw new BadRecordException("Cannot read %s at record %d: a label must be in [0, %d). Received: %d"
                    .formatted(file, record, classes, value));
        }
        return value;
    }
}
