package org.lockstep.driver.checkpoint;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;
import org.lockstep.data.storage.StoredFolder;
import org.lockstep.executor.Cursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder, local or in one of Hadoop's file systems, that keeps the last checkpoints of one training.
 *
 * <p>Each file is written under a temporary name and renamed; the manifest is replaced last, which makes the checkpoint
 * count; then older ones are deleted. So whoever reads, at whatever moment the writer was killed, finds the checkpoint
 * before or the new one. Where a rename is not atomic, as on S3, the manifest may be missing for a moment, and the
 * checkpoints that lie there are looked at instead.
 *
 * <p>What is read is compared with the lengths and checksums taken when it was written, and the state with its own
 * SHA-256. A newest checkpoint that is damaged is passed over with a warning.
 *
 * <p>One process at a time may use a folder. For one thread. An unreachable store is given up after as many tries as
 * Hadoop's configuration says, such as {@code ipc.client.connect.max.retries}.
 */
public final class CheckpointStore {

    /** Checkpoints that are kept where nothing else is said. */
    public static final int DEFAULT_KEEP = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    private final StoredFolder folder;
    private final Index index;
    private final CheckpointFiles files;
    private final int keep;
    private @Nullable List<Entry> known;

    private CheckpointStore(StoredFolder folder, int keep) {
        this.folder = folder;
        this.index = new Index(folder);
        this.files = new CheckpointFiles(folder);
        this.keep = keep;
    }

    /**
     * The store in a folder, which is made when something is written.
     *
     * @param path local, or a Hadoop URI
     * @param keep how many of the last checkpoints stay
     */
    public static CheckpointStore of(String path, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("Invalid `keep`: must be a positive integer. Received: " + keep);
        }
        return new CheckpointStore(StoredFolder.of(path), keep);
    }

    /** Whether there is no checkpoint, damaged ones counted. */
    public boolean isEmpty() {
        return reading(() -> entries().isEmpty());
    }

    /**
     * Keeps a checkpoint. When that fails, those kept before are as they were.
     *
     * @throws CheckpointException if a file cannot be written; the message names it
     */
    public void write(Checkpoint checkpoint, RunIdentity run) {
        Cursor cursor = checkpoint.cursor();
        String place = "ckpt-%d-%d".formatted(cursor.epoch(), cursor.step());
        try {
            List<Entry> before = entries();
            folder.create();
            List<String> names = sweep(before);
            List<Entry> now = new ArrayList<>(before);
            now.add(files.write(free(place, names), next(before), checkpoint, run));
            now = List.copyOf(now.subList(Math.max(0, now.size() - keep), now.size()));
            index.write(now);
            known = now;
        } catch (UncheckedIOException | BadDataException e) {
            CheckpointException failure =
                    new CheckpointException("Cannot keep checkpoint %s: %s".formatted(place, e.getMessage()), e);
            cleanUp(failure);
            throw failure;
        }
        sweepOrWarn();
    }

    /**
     * The newest checkpoint that is whole, or none where there are no checkpoints.
     *
     * @throws CheckpointException if there are checkpoints, but none is whole, or a newer version wrote them
     * @throws IllegalArgumentException if the checkpoint is of another run; the message names the difference
     */
    public Optional<Checkpoint> newest(RunIdentity run) {
        return reading(() -> {
            List<Entry> left = new ArrayList<>(entries());
            List<String> reasons = new ArrayList<>();
            while (!left.isEmpty()) {
                Entry last = left.get(left.size() - 1);
                try {
                    Checkpoint found = files.read(last, run);
                    known = List.copyOf(left);
                    return Optional.of(found);
                } catch (BadDataException e) {
                    reasons.add(e.getMessage());
                    left.remove(last);
                    LOG.warn("Checkpoint {} in {} is passed over: {}", last.name(), folder, e.getMessage());
                }
            }
            if (!reasons.isEmpty()) {
                throw new CheckpointException("Cannot resume from %s: no checkpoint in it is whole: %s"
                        .formatted(folder, String.join("; ", reasons)));
            }
            return Optional.empty();
        });
    }

    /** Deletes all checkpoints, and the folder if nothing else is in it. */
    public void clear() {
        reading(() -> {
            known = List.of();
            folder.delete(Index.MANIFEST);
            sweep(List.of());
            folder.deleteIfEmpty();
            return true;
        });
    }

    private List<Entry> entries() {
        List<Entry> entries = known;
        if (entries == null) {
            entries = index.read();
            known = entries;
        }
        return entries;
    }

    private static long next(List<Entry> before) {
        return before.isEmpty() ? 1 : before.get(before.size() - 1).sequence() + 1;
    }

    /** Nothing that is kept is ever written over. */
    private static String free(String place, List<String> taken) {
        String name = place;
        for (int i = 2; startsOne(taken, name + "."); i++) {
            name = place + "-" + i;
        }
        return name;
    }

    private static boolean startsOne(List<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Deletes our files that belong to none of the entries, and names those that stay. */
    private List<String> sweep(List<Entry> entries) {
        Set<String> kept = new HashSet<>();
        entries.forEach(entry -> entry.files().forEach(file -> kept.add(file.name())));
        List<String> stay = new ArrayList<>();
        for (String name : folder.names()) {
            if (CheckpointFiles.isOurs(name) && !kept.contains(name)) {
                folder.delete(name);
            } else {
                stay.add(name);
            }
        }
        return stay;
    }

    /** After a failure the folder says what counts. */
    private void cleanUp(RuntimeException failure) {
        known = null;
        try {
            sweep(entries());
        } catch (UncheckedIOException | BadDataException e) {
            known = null;
            failure.addSuppressed(e);
        }
    }

    private void sweepOrWarn() {
        try {
            sweep(entries());
        } catch (UncheckedIOException e) {
            LOG.warn("Older checkpoints stay in {}: {}", folder, e.getMessage());
        }
    }

    private interface Reading<T> {
        T read();
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (UncheckedIOException e) {
            throw new CheckpointException("Cannot use checkpoints in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** The folder's path. */
    @Override
    public String toString() {
        return folder.toString();
    }
}
