package org.lockstep.driver.checkpoint;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CheckpointConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training is resumed from: the checkpoints that were asked for, and in a store of their own the recovery points of
 * the epoch that goes on.
 *
 * <pre>
 * backup_dir/             checkpoints; the last `keep` of them
 * backup_dir/recovery/    recovery points, in the same format; the last two
 * </pre>
 *
 * <p>Recovery points are written by a thread of their own while training goes on; where one is still being written when the
 * next comes, that is left out; where one cannot be written, a warning says so. For one thread.
 */
public final class Backups {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final String RECOVERY = "recovery";
    private static final int RECOVERY_KEEP = 2;

    private final CheckpointStore checkpoints;
    private final CheckpointStore points;
    private @Nullable FutureTask<?> writing;

    private Backups(CheckpointStore checkpoints, CheckpointStore points) {
        this.checkpoints = checkpoints;
        this.points = points;
    }

    /** Those in the folder that the settings name. */
    public static Backups of(CheckpointConf conf) {
        return new Backups(
                CheckpointStore.of(conf.backupDir(), conf.keep()),
                CheckpointStore.of(conf.backupDir() + "/" + RECOVERY, RECOVERY_KEEP));
    }

    /** Whether there is nothing to resume from, damaged checkpoints counted. */
    public boolean isEmpty() {
        return checkpoints.isEmpty() && points.isEmpty();
    }

    /**
     * What has come furthest; a checkpoint where a recovery point has come as far.
     *
     * @throws CheckpointException if there are checkpoints, but none is whole; recovery points that are not are passed over
     * @throws IllegalArgumentException if it is of another run; the message names the difference
     */
    public Optional<Checkpoint> newest(RunIdentity run) {
        await();
        Optional<Checkpoint> checkpoint = checkpoints.newest(run);
        Optional<Checkpoint> point = newestPoint(run);
        boolean isPoint = point.isPresent() && updates(point) > updates(checkpoint);
        Optional<Checkpoint> newest = isPoint ? point : checkpoint;
        newest.ifPresent(found -> LOG.info(
                "Resuming from {}: epoch {}, step {}",
                isPoint ? points : checkpoints,
                found.cursor().epoch() + 1,
                found.cursor().step()));
        return newest;
    }

    private Optional<Checkpoint> newestPoint(RunIdentity run) {
        try {
            return points.newest(run);
        } catch (CheckpointException e) {
            LOG.warn("Recovery points are passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static long updates(Optional<Checkpoint> checkpoint) {
        return checkpoint.map(found -> found.state().iterations()).orElse(-1L);
    }

    /**
     * Keeps a checkpoint, before this returns.
     *
     * @throws CheckpointException if a file cannot be written; those kept before are as they were
     */
    public void write(Checkpoint checkpoint, RunIdentity run) {
        checkpoints.write(checkpoint, run);
    }

    /** Keeps a recovery point, soon. */
    public void writePoint(Checkpoint point, RunIdentity run) {
        FutureTask<?> before = writing;
        if (before != null && !before.isDone()) {
            LOG.warn("A recovery point is not kept: the one before is still being written to {}", points);
            return;
        }
        FutureTask<?> task = new FutureTask<>(() -> keep(point, run), null);
        writing = task;
        Thread thread = new Thread(task, "lockstep-recovery-point");
        thread.setDaemon(true);
        thread.start();
    }

    private void keep(Checkpoint point, RunIdentity run) {
        try {
            points.write(point, run);
        } catch (CheckpointException e) {
            LOG.warn("A recovery point is not kept, and training goes on: {}", e.getMessage());
        }
    }

    /** The training has ended by itself: nothing goes on from its recovery points, nor, where told, from its checkpoints. */
    public void ended(boolean isDeleted) {
        await();
        points.clear();
        if (isDeleted) {
            checkpoints.clear();
        }
    }

    /** Returns when no recovery point is being written. */
    void await() {
        FutureTask<?> last = writing;
        if (last == null) {
            return;
        }
        try {
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot keep a recovery point: " + e.getCause(), e);
        }
    }

    /** The folder's path. */
    @Override
    public String toString() {
        return checkpoints.toString();
    }
}
