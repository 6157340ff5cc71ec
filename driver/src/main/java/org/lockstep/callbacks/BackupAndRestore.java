package org.lockstep.callbacks;

import java.util.Map;
import org.lockstep.conf.CheckpointConf;
import org.lockstep.driver.checkpoint.Backups;
import org.lockstep.driver.checkpoint.Resumable;

/**
 * Keeps checkpoints of a training, and goes on from the newest that is whole when the same training is started again:
 * bit-identically to one that never stopped, within an epoch too.
 *
 * <p>The weights of a checkpoint are a {@code .weights.h5} file that Keras opens; a JSON file beside it says what Keras's
 * {@code training_metadata.json} does, and more. Keras's {@code double_checkpoint} is {@code keep(2)}; here the last three
 * stay. A checkpoint of another model or of other settings is refused. When one cannot be written, the fit fails, and the
 * model keeps its state.
 *
 * <p>Recovery points are kept, too, in the folder {@code recovery} of the backup folder: a driver that is lost within a long
 * epoch costs no more than the {@code recovery_interval}. They are deleted when training has ended by itself, and a failure
 * to write one is a warning.
 */
public final class BackupAndRestore extends Callback {

    private static final String SEEN = "batches_seen_since_last_saving";
    private static final String LAST = "last_batch_seen";

    private final CheckpointConf conf;
    private final Backups backups;
    private int seen;
    private int last;

    public BackupAndRestore(CheckpointConf conf) {
        this.conf = conf;
        this.backups = Backups.of(conf);
    }

    /**
     * Checkpoints after each epoch.
     *
     * @param backupDir a folder of this training's own, local or a Hadoop URI
     */
    public static BackupAndRestore of(String backupDir) {
        return new BackupAndRestore(CheckpointConf.of(backupDir));
    }

    /** Checkpoints after so many updates, over the ends of epochs. Workers then wait for the driver after each step. */
    public BackupAndRestore saveFreq(int updates) {
        return new BackupAndRestore(conf.saveFreq(updates));
    }

    /** Whether the checkpoints are deleted when training has ended by itself; by default they are. */
    public BackupAndRestore deleteCheckpoint(boolean value) {
        return new BackupAndRestore(conf.deleteCheckpoint(value));
    }

    /** How many of the last checkpoints stay; 3 by default. */
    public BackupAndRestore keep(int value) {
        return new BackupAndRestore(conf.keep(value));
    }

    private Resumable training() {
        if (model() instanceof Resumable training) {
            return training;
        }
        throw new IllegalStateException("BackupAndRestore has no training: only `fit` can be kept and resumed");
    }

    /** Steps are of interest only where checkpoints are taken between them. */
    @Override
    public boolean isSynchronous() {
        return conf.saveFreq() != null;
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        seen = 0;
        last = 0;
        Resumable of = training();
        backups.newest(of.identity()).ifPresent(of::resumeFrom);
        of.keepPoints(point -> backups.writePoint(point, of.identity()));
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        Integer frequency = conf.saveFreq();
        if (frequency == null) {
            return;
        }
        seen += batch <= last ? batch + 1 : batch - last;
        last = batch;
        if (seen >= frequency) {
            seen = 0;
            keep();
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        last = 0;
        if (conf.saveFreq() == null) {
            keep();
        }
    }

    private void keep() {
        Resumable of = training();
        of.keep(checkpoint -> backups.write(checkpoint, of.identity()));
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        backups.ended(conf.deleteCheckpoint());
    }

    @Override
    public Map<String, Object> state() {
        return Map.of(SEEN, seen, LAST, last);
    }

    @Override
    public void restore(Map<String, Object> state) {
        seen = (Integer) state.getOrDefault(SEEN, 0);
        last = (Integer) state.getOrDefault(LAST, 0);
    }
}
