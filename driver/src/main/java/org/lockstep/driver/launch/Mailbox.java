package org.lockstep.driver.launch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Worker.StepListener;
import org.lockstep.report.StepReport;

/**
 * Step reports on their way from a worker's thread to the thread that called {@code fit}. In a synchronous run the worker
 * waits for the listener's answer; otherwise only where {@link #CAPACITY} reports have not been heard yet.
 */
final class Mailbox implements StepListener {

    private static final int CAPACITY = 1024;
    private static final long POLL_MILLIS = 2;

    private final boolean isSynchronous;
    private final BlockingQueue<Letter> letters = new ArrayBlockingQueue<>(CAPACITY);
    private final BlockingQueue<Boolean> answers = new SynchronousQueue<>();
    private volatile boolean goesOn = true;
    private volatile boolean isClosed;

    private record Letter(StepReport report, TrainState state) {}

    Mailbox(boolean isSynchronous) {
        this.isSynchronous = isSynchronous;
    }

    /** In the worker's thread. */
    @Override
    public boolean stepEnded(StepReport report, TrainState state) throws InterruptedException {
        Letter letter = new Letter(report, state);
        while (!letters.offer(letter, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (isClosed) {
                return false;
            }
        }
        if (!isSynchronous) {
            return goesOn;
        }
        Boolean answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        while (answer == null && !isClosed) {
            answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return answer != null && answer;
    }

    /**
     * In the thread that called {@code fit}: passes reports on until the job is over. An interruption ends the segment after
     * the step, and is remembered.
     *
     * @return the step after the last one reported; −1 where none was
     */
    int deliver(StepListener listener, BooleanSupplier isOver) {
        int next = -1;
        boolean interrupted = false;
        try {
            while (true) {
                boolean over = isOver.getAsBoolean();
                try {
                    Letter letter = letters.poll(over ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
                    if (letter == null) {
                        if (over) {
                            return next;
                        }
                        continue;
                    }
                    next = letter.report().step() + 1;
                    goesOn &= listener.stepEnded(letter.report(), letter.state());
                } catch (InterruptedException e) {
                    interrupted = true;
                    goesOn = false;
                    continue;
                }
                answer();
            }
        } finally {
            isClosed = true;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer() {
        if (isSynchronous) {
            try {
                answers.offer(goesOn, 10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                goesOn = false;
                isClosed = true;
                Thread.currentThread().interrupt();
            }
        }
    }
}
