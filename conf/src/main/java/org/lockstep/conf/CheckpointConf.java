package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * When a training is kept to be resumed, and where.
 *
 * @param backupDir a folder, local or a Hadoop URI
 * @param saveFreq updates between two checkpoints; null keeps one after each epoch
 * @param deleteCheckpoint whether all are deleted when the training has ended by itself
 * @param keep how many of the last stay
 */
public record CheckpointConf(String backupDir, @Nullable Integer saveFreq, boolean deleteCheckpoint, int keep)
        implements Serializable {

    public CheckpointConf {
        if (backupDir.isBlank()) {
            throw new IllegalArgumentException("Empty `backup_dir` argument passed");
        }
        if (saveFreq != null && saveFreq < 1) {
            throw new IllegalArgumentException(
                    "Invalid value for argument `save_freq`. Received: save_freq=%d. Expected either 'epoch' or a positive integer value."
                            .formatted(saveFreq));
        }
        if (keep < 1) {
            throw new IllegalArgumentException("Invalid `keep`: must be a positive integer. Received: " + keep);
        }
    }

    /** One after each epoch, the last three of them, deleted at the end. */
    public static CheckpointConf of(String backupDir) {
        return new CheckpointConf(backupDir, null, true, 3);
    }

    public CheckpointConf backupDir(String value) {
        return new CheckpointConf(value, saveFreq, deleteCheckpoint, keep);
    }

    public CheckpointConf saveFreq(@Nullable Integer value) {
        return new CheckpointConf(backupDir, value, deleteCheckpoint, keep);
    }

    public CheckpointConf deleteCheckpoint(boolean value) {
        return new CheckpointConf(backupDir, saveFreq, value, keep);
    }

    public CheckpointConf keep(int value) {
        return new CheckpointConf(backupDir, saveFreq, deleteCheckpoint, value);
    }
}
