package org.lockstep.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleWatchTest {

    private final Semaphore looks = new Semaphore(0);
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void start_looksUntilNothingIsLeftAndAgainWhenStartedAgain() throws Exception {
        IdleWatch watch = new IdleWatch(Duration.ofMillis(1), this::look, isOver::get);
        for (int round = 0; round < 2; round++) {
            isOver.set(false);
            watch.start();
            watch.start();
            assertThat(looks.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
            isOver.set(true);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (watch.isRunning()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            looks.drainPermits();
        }
    }

    @Test
    void look_nothingIsLeft_endsTheThreadLongBeforeThePeriod() {
        IdleWatch watch = new IdleWatch(Duration.ofHours(1), this::look, isOver::get);
        watch.start();
        isOver.set(true);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        watch.look();
        while (watch.isRunning()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** A failure to end one run must not leave the others alone. */
    private void look() {
        looks.release();
        throw new IllegalStateException("cannot be closed");
    }
}
