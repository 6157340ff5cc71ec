package org.lockstep.executor.worker;

import java.util.HashMap;
import java.util.Map;
import org.lockstep.conf.InputConf;
import org.lockstep.executor.queue.child.ChildPool;

/**
 * The child processes of the fits that are going on in this JVM: a fit's training and its evaluations make their batches in
 * the same ones, which end when the last of them lets go.
 */
final class FitChildren {

    private static final Map<String, FitChildren> FITS = new HashMap<>();

    private final ChildPool pool;
    private int holders;

    private FitChildren(InputConf input) {
        this.pool = new ChildPool(input.workers(), input.onChildCrash());
    }

    /** The fit's children, to be released; they find the classes of the thread that asks first. */
    static ChildPool hold(RunOrder order) {
        synchronized (FITS) {
            FitChildren children = FITS.computeIfAbsent(order.fitId(), fit -> new FitChildren(order.input()));
            children.holders++;
            return children.pool;
        }
    }

    /** Lets go of what {@link #hold} gave. */
    static void release(RunOrder order) {
        ChildPool last = null;
        synchronized (FITS) {
            FitChildren children = FITS.get(order.fitId());
            if (children != null && --children.holders == 0) {
                FITS.remove(order.fitId());
                last = children.pool;
            }
        }
        if (last != null) {
            last.close();
        }
    }
}
