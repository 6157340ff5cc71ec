package org.lockstep.executor.exchange;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A barrier for a fixed number of threads that can be used again and aborted: spins for some microseconds where there is
 * a processor for each thread, then waits. Crossing it orders memory among the threads.
 */
final class MeetingPoint {

    private static final int SPINS = 20_000;

    private final int parties;
    private final int spins;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition crossed = lock.newCondition();
    private int arrived;
    private volatile long round;
    private volatile @Nullable Throwable failure;

    MeetingPoint(int parties) {
        this.parties = parties;
        this.spins = parties <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    }

    /** Returns when all threads have called it. */
    void await() throws InterruptedException {
        long mine = arrive();
        for (int i = 0; i < spins && round == mine && failure == null; i++) {
            Thread.onSpinWait();
        }
        if (round == mine) {
            sleepUntilCrossed(mine);
        }
    }

    private long arrive() {
        lock.lock();
        try {
            long mine = round;
            throwIfFailed();
            arrived++;
            if (arrived == parties) {
                arrived = 0;
                round = mine + 1;
                crossed.signalAll();
            }
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void sleepUntilCrossed(long mine) throws InterruptedException {
        lock.lock();
        try {
            while (round == mine) {
                throwIfFailed();
                crossed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes this and all later calls of {@link #await} fail. */
    void abort(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            crossed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwIfFailed() {
        Throwable cause = failure;
        if (cause != null) {
            throw new PeerFailedException(cause);
        }
    }
}
