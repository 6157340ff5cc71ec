package org.lockstep.driver.launch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.report.Recovery;

/** The failures of a run, each complete when the step that it took has been heard of. For the thread that called {@code fit}. */
final class Recoveries {

    private static final double NANOS = 1e9;

    private final List<Recovery> all = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();

    private record Open(Recovery recovery, long nanos) {}

    /** An attempt is over, and another begins at {@code backTo}. */
    void failed(int epoch, int step, int backTo, String cause) {
        open.add(new Open(new Recovery(epoch, step, backTo, cause, Instant.now(), 0), System.nanoTime()));
    }

    /** A step has been heard of for the first time. */
    void stepEnded() {
        for (Open one : open) {
            Recovery r = one.recovery();
            double seconds = (System.nanoTime() - one.nanos()) / NANOS;
            all.add(new Recovery(r.epoch(), r.step(), r.backTo(), r.cause(), r.at(), seconds));
        }
        open.clear();
    }

    List<Recovery> all() {
        return List.copyOf(all);
    }
}
