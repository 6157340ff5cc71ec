package org.lockstep.data.spark;

import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.executor.DataReadMethod;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import org.lockstep.keras.NotSupportedException;
import scala.Option;
import scala.collection.IndexedSeq;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Shard files as blocks of Spark: who has them, what is in them. From other executors they come by Spark's own transfer,
 * authenticated and encrypted as Spark is set up.
 */
final class Blocks {

    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.AnyRef();
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int rdd;

    Blocks(int rdd) {
        this.rdd = rdd;
    }

    /** The files that no executor has, as far as the driver knows. */
    List<WrittenFile> missing(List<WrittenFile> files) {
        BlockId[] ids = files.stream().map(file -> id(file.file())).toArray(BlockId[]::new);
        IndexedSeq<Seq<BlockManagerId>> locations = manager().master().getLocations(ids);
        List<WrittenFile> missing = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (locations.apply(i).isEmpty()) {
                missing.add(files.get(i));
            }
        }
        return missing;
    }

    /**
     * Reads a file, this executor's own if it has it.
     *
     * @throws LostShardFileException if nobody has it, or it cannot be read from who has; all copies are then forgotten
     */
    void read(int file, Consumer<byte[]> pieces) {
        BlockManager manager = manager();
        BlockResult block = block(manager, file);
        boolean isWhole = false;
        try {
            for (byte[] piece = next(block, file); piece.length > 0; piece = next(block, file)) {
                pieces.accept(piece);
            }
            isWhole = true;
        } finally {
            if (!isWhole && block.readMethod().equals(DataReadMethod.Disk())) {
                manager.releaseLock(id(file), Option.empty());
            }
        }
    }

    /**
     * Removes a file wherever it is said to be, so that it counts as missing, and waits for that a while. A holder that
     * does not answer is dead, and the driver learns that in its own way.
     */
    void forget(int file) {
        BlockManagerMaster master = manager().master();
        master.removeBlock(id(file));
        long end = System.nanoTime() + FORGET_NANOS;
        while (!master.getLocations(id(file)).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private BlockResult block(BlockManager manager, int file) {
        Option<BlockResult> found;
        try {
            found = manager.get(id(file), ANY);
        } catch (Exception e) {
            throw unreadable(file, e);
        }
        if (found.isEmpty()) {
            throw new LostShardFileException(file, "no executor has it", null);
        }
        return found.get();
    }

    /** The next piece, an empty one after the last. */
    private byte[] next(BlockResult block, int file) {
        try {
            return block.data().hasNext() ? (byte[]) block.data().next() : new byte[0];
        } catch (Exception e) {
            throw unreadable(file, e);
        }
    }

    /** Scala does not declare what it throws. */
    private static RuntimeException unreadable(int file, Exception cause) {
        if (isInterruption(cause)) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("Cannot read shard file " + file + ": interrupted", cause);
        }
        return new LostShardFileException(file, cause.toString(), cause);
    }

    private static boolean isInterruption(Exception failure) {
        boolean found = Thread.currentThread().isInterrupted();
        for (Throwable cause = failure; cause != null && !found; cause = cause.getCause()) {
            found = cause instanceof InterruptedException || cause instanceof ClosedByInterruptException;
        }
        return found;
    }

    private BlockId id(int file) {
        return new RDDBlockId(rdd, file);
    }

    private static BlockManager manager() {
        SparkEnv env = SparkEnv.get();
        if (env == null) {
            throw new NotSupportedException("Cannot read rows of Spark here: only Spark's own processes reach its"
                    + " shard files, so `use_multiprocessing` must be false");
        }
        return env.blockManager();
    }
}
