package org.lockstep.conf.json;

import org.lockstep.conf.CheckpointConf;

/** The section {@code checkpoint} of a job file: the arguments of {@code BackupAndRestore}. */
final class JobCheckpoint {

    private JobCheckpoint() {}

    static CheckpointConf of(Arguments a) {
        CheckpointConf checkpoint = CheckpointConf.of(a.required("backup_dir", Value::text));
        checkpoint = a.set(
                checkpoint, "save_freq", (name, value) -> value == null ? "None" : value, JobCheckpoint::frequency);
        checkpoint = a.set(checkpoint, "delete_checkpoint", Value::flag, CheckpointConf::deleteCheckpoint);
        checkpoint = a.set(checkpoint, "keep", Value::integer, CheckpointConf::keep);
        a.end();
        return checkpoint;
    }

    private static CheckpointConf frequency(CheckpointConf checkpoint, Object value) {
        if (value.equals("epoch")) {
            return checkpoint.saveFreq(null);
        }
        if (value instanceof Integer batches) {
            return checkpoint.saveFreq(batches);
        }
        throw new IllegalArgumentException(
                "Invalid value for argument `save_freq`. Received: save_freq=%s. Expected either 'epoch' or an integer value."
                        .formatted(Plain.str(value)));
    }
}
