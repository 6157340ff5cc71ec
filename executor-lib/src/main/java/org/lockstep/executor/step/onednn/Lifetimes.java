package org.lockstep.executor.step.onednn;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * From when to when each place of a program holds something that is still needed.
 *
 * <p>Time counts the forward passes of n operations from 1 to n, then the {@link #middle}, in which losses are computed,
 * then the backward passes in reverse; {@link #start} and {@link #end} are when the caller brings and takes what it does.
 */
final class Lifetimes {

    private record Span(int from, int to) {

        Span with(int time) {
            return new Span(Math.min(from, time), Math.max(to, time));
        }

        boolean meets(Span other) {
            return from <= other.to && other.from <= to;
        }
    }

    private final IdentityHashMap<Slot, Span> spans = new IdentityHashMap<>();
    private final int operations;
    private final boolean shared;

    private Lifetimes(int operations, boolean shared) {
        this.operations = operations;
        this.shared = shared;
    }

    /**
     * Those that these operations' uses give.
     *
     * @param shared whether places may share memory at all; without, results are the same
     */
    static Lifetimes of(List<Operation> operations, boolean shared) {
        Lifetimes lifetimes = new Lifetimes(operations.size(), shared);
        for (int i = 0; i < operations.size(); i++) {
            Uses uses = operations.get(i).uses();
            for (Slot slot : uses.forward()) {
                lifetimes.use(slot, i + 1);
            }
            for (Slot slot : uses.backward()) {
                lifetimes.use(slot, lifetimes.backward(i));
            }
        }
        return lifetimes;
    }

    int start() {
        return 0;
    }

    int middle() {
        return operations + 1;
    }

    int end() {
        return 2 * operations + 2;
    }

    /** When an operation goes back. */
    int backward(int operation) {
        return end() - 1 - operation;
    }

    /** When a place is used for the last time; the end where nothing is known of it. */
    int last(Slot slot) {
        Span span = spans.get(slot);
        return span == null ? end() : span.to();
    }

    void use(Slot slot, int time) {
        Span span = spans.get(slot);
        spans.put(slot, span == null ? new Span(time, time) : span.with(time));
    }

    void always(Slot slot) {
        use(slot, start());
        use(slot, end());
    }

    boolean isUsed(Slot slot) {
        return spans.containsKey(slot);
    }

    /** Whether both are needed at some time. */
    boolean meet(Slot one, Slot other) {
        Span first = spans.get(one);
        Span second = spans.get(other);
        return first != null && second != null && (!shared || first.meets(second));
    }
}
