package org.lockstep.driver.checkpoint;

import java.util.function.Consumer;

/**
 * A training that can be kept and gone on with; callbacks find it as their model.
 *
 * <pre>
 * onTrainBegin of all callbacks       one of them may call resumeFrom, and keepPoints
 * where resumed at step 0 of an epoch:
 *     states restored                 the state, the totals, then each callback's, the history's among them
 *     onEpochBegin(epoch) …
 * where resumed within an epoch:
 *     onEpochBegin(epoch)             so that they know of it; whatever they do to the learning rate or themselves
 *     states restored                 is undone here
 *     onTrainBatchBegin(step) …       or, where all of the epoch's steps were done, at once its validation and end
 * onTrainBatchEnd or onEpochEnd       one of them may call keep
 * all callbacks have heard the event
 *     keeper.accept(checkpoint)       so the checkpoint has what every callback made of the event
 * every recovery_interval             between two steps
 *     keeper.accept(checkpoint)       of those that called keepPoints; all callbacks have heard of the same steps
 * onTrainEnd
 * </pre>
 *
 * <p>Where the checkpoint says that training was told to stop, no step is done, and onTrainEnd follows.
 */
public interface Resumable {

    /** What every checkpoint of this training must agree with. */
    RunIdentity identity();

    /**
     * Asks for a checkpoint of now: after the batch, or at the beginning of the next epoch. To be called in
     * onTrainBatchEnd (by a callback that is synchronous) or onEpochEnd.
     *
     * @param keeper is called once, on the same thread, when all callbacks have heard the event. If it fails, the fit
     *     fails in the name of the callback that asked, and the model keeps the state of now
     */
    void keep(Consumer<Checkpoint> keeper);

    /**
     * Asks for every recovery point. To be called in onTrainBegin.
     *
     * @param keeper is called on the same thread, between two steps, while training stands still
     */
    void keepPoints(Consumer<Checkpoint> keeper);

    /** Begins where a checkpoint was taken. To be called in onTrainBegin. */
    void resumeFrom(Checkpoint checkpoint);
}
