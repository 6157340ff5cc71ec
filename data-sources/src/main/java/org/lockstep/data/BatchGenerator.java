package org.lockstep.data;

import java.io.Serializable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Batches drawn one after the other: Keras's plain generator, as a factory, because a generator itself cannot travel.
 *
 * <p>Each shard draws from an iterator of its own, once, over all epochs; batch i of shard s counts as batch i · S + s of
 * the whole, and one update takes one batch of each shard. A task that is moved, or a run that is resumed, makes the
 * iterator anew with the same arguments and skips what was used: for the same bits, it must give the same batches again.
 * An iterator is used by one thread at a time; one that is {@link AutoCloseable} is closed.
 */
@FunctionalInterface
public interface BatchGenerator extends TrainingData {

    /**
     * A shard's batches, to be drawn until there are no more or nobody asks.
     *
     * @param shard in [0, shards)
     * @param seed the run's seed
     * @param epoch the first epoch of the run, 0-based
     */
    Iterator<Batch> iterator(int shard, int shards, long seed, int epoch);

    /** Whether making it anew gives the same batches; where not, a resumed run is not the same to the bit. */
    default boolean isRepeatable() {
        return true;
    }

    /** All batches of one stream, of which every shard draws all and keeps its own. */
    static BatchGenerator dealt(Stream stream) {
        return new DealtGenerator(stream);
    }

    /** A factory of the one stream that is dealt out. */
    @FunctionalInterface
    interface Stream extends Serializable {
        Iterator<Batch> iterator(long seed, int epoch);

        /** As {@link BatchGenerator#isRepeatable}. */
        default boolean isRepeatable() {
            return true;
        }
    }

    @Override
    default Shard shard(int shard, int shards) {
        return new GeneratorShard(this, shard, shards);
    }

    @Override
    default @Nullable Long batches(BatchOrder order, int shards) {
        return null;
    }

    @Override
    default boolean canShuffle() {
        return false;
    }
}
