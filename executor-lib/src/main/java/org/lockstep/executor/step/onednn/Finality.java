package org.lockstep.executor.step.onednn;

/** From which place on the gradient vector is final, after each operation's backward pass. */
final class Finality {

    private final int[] from;

    private Finality(int[] from) {
        this.from = from;
    }

    /**
     * That which follows from the last use of each part of the vector; a part of whose use nothing is known is final at the
     * end.
     */
    static Finality of(Bound gradients, Lifetimes lifetimes, int operations) {
        int[] from = new int[operations];
        for (int i = 1; i < operations; i++) {
            int time = lifetimes.backward(i);
            from[i] = gradients.end(slot -> lifetimes.last(slot) > time);
        }
        return new Finality(from);
    }

    /** Where what is final begins, once this operation has gone back. */
    int after(int operation) {
        return from[operation];
    }
}
