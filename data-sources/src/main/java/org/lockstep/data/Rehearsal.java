package org.lockstep.data;

/** What Keras 3 calls of a {@link Sequence} besides the epochs' own hooks and batches. */
public enum Rehearsal {
    /** Nothing, as in tf.keras. */
    NONE,
    /** Training: once, before the first epoch, the begin hook, a batch for its shapes, and the end hook. */
    WHOLE,
    /** Evaluation of a model whose shapes are known: the end hook before each pass. */
    END
}
