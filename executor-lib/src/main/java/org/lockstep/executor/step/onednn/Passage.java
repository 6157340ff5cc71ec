package org.lockstep.executor.step.onednn;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A way through a program's operations, forward or back, that stops where shards meet. */
final class Passage {

    private final List<Operation> operations;
    private final @Nullable Profiler watch;
    private final @Nullable IntConsumer wentBack;
    private int at;
    private boolean hasMet;

    /** @param at the operations that have run forward */
    Passage(List<Operation> operations, @Nullable Profiler watch, int at) {
        this(operations, watch, at, null);
    }

    /** @param wentBack told of each operation that has gone back */
    Passage(List<Operation> operations, @Nullable Profiler watch, int at, @Nullable IntConsumer wentBack) {
        this.operations = operations;
        this.watch = watch;
        this.at = at;
        this.wentBack = wentBack;
    }

    /** Goes forward up to the next meeting, and returns the numbers to be added up there; null at the end. */
    double @Nullable [] forward(Frame frame) {
        for (; at < operations.size(); at++) {
            Operation next = operations.get(at);
            if (next instanceof Meeting meeting && !hasMet) {
                hasMet = true;
                return meeting.moments();
            }
            hasMet = false;
            if (watch == null) {
                next.forward(frame);
            } else {
                watch.forward(at, frame);
            }
        }
        return null;
    }

    /** Goes back behind the next meeting, and returns the numbers to be added up there; null at the beginning. */
    double @Nullable [] backward(Frame frame) {
        while (at > 0) {
            at--;
            Operation next = operations.get(at);
            if (watch == null) {
                next.backward(frame);
            } else {
                watch.backward(at, frame);
            }
            if (wentBack != null) {
                wentBack.accept(at);
            }
            if (next instanceof Meeting meeting) {
                return meeting.slopes();
            }
        }
        return null;
    }
}
