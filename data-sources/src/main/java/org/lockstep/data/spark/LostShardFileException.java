package org.lockstep.data.spark;

import org.jspecify.annotations.Nullable;
import org.lockstep.data.LostDataException;

/** A shard file that no executor has as it was written; {@link RowSource#prepare} rebuilds it. */
public final class LostShardFileException extends LostDataException {

    private static final long serialVersionUID = 1;

    /** Why a file cannot be read. */
    LostShardFileException(int file, String reason, @Nullable Throwable cause) {
        super("Cannot read shard file " + file + ": " + reason);
        if (cause != null) {
            initCause(cause);
        }
    }
}
