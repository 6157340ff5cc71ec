package org.lockstep.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UninterruptedTest {

    @Test
    void callerIsInterrupted_workIsNot_andTheCallerKnowsAfterwards() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            Uninterrupted.run(() -> {
                begun.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    wasInterrupted.set(true);
                }
            });
            return Thread.interrupted();
        });
        Thread caller = new Thread(call);
        caller.start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        goesOn.countDown();
        assertThat(call.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(wasInterrupted).isFalse();
    }

    @Test
    void callerWasInterruptedBefore_workRunsToItsEnd() {
        AtomicBoolean ran = new AtomicBoolean();
        Thread.currentThread().interrupt();
        Uninterrupted.run(() -> ran.set(!Thread.currentThread().isInterrupted()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ran).isTrue();
    }

    @Test
    void failure_comesOut() {
        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    throw new UnsatisfiedLinkError("no file");
                }))
                .isInstanceOf(UnsatisfiedLinkError.class);
        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
