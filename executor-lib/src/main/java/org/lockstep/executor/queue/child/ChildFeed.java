package org.lockstep.executor.queue.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.Shard;
import org.lockstep.data.Window;
import org.lockstep.data.storage.HadoopSettings;

/** A shard that is open in children. It notes all hooks, so that a child can be told of what it has missed. */
final class ChildFeed implements Feed {

    private final ChildPool pool;
    private final int id;
    private final Call.Open open;
    private final int home;

    /** All hooks so far, as calls; guarded by itself. */
    private final List<Call> hooks = new ArrayList<>();

    private final Queue<String> skipped = new ConcurrentLinkedQueue<>();
    private volatile boolean randomAccess;

    ChildFeed(ChildPool pool, int id, Shard shard, BatchOrder order) {
        this.pool = pool;
        this.id = id;
        this.open = new Call.Open(id, shard, order, HadoopSettings.here());
        this.home = id % pool.size();
        ask(null);
    }

    @Override
    public boolean isRandomAccess() {
        return randomAccess;
    }

    @Override
    public void onEpochBegin(int epoch) {
        hook(new Call.Begin(id, epoch));
    }

    @Override
    public Batch get(Window window, int step) {
        Reply.Made made = Reply.made(ask(new Call.Get(id, window, step)));
        skipped.addAll(made.skipped());
        return made.batch();
    }

    /** Those that one child has named; another may name them again. */
    @Override
    public List<String> drainSkipped() {
        List<String> drained = new ArrayList<>();
        for (String name = skipped.poll(); name != null; name = skipped.poll()) {
            drained.add(name);
        }
        return drained;
    }

    @Override
    public String describe(Window window, int step) {
        return Reply.text(ask(new Call.Describe(id, window, step)));
    }

    @Override
    public void onEpochEnd(int epoch) {
        hook(new Call.End(id, epoch));
    }

    /** Asks a child until one lives long enough to answer. */
    private byte[] ask(@Nullable Call call) {
        for (int crashes = 1; ; crashes++) {
            Seat seat = randomAccess ? pool.borrowAny(id) : pool.borrow(home);
            try {
                catchUp(seat);
                return call == null ? Reply.done() : seat.call(call);
            } catch (ChildDiedException e) {
                pool.crashed(e, crashes);
            } finally {
                pool.giveBack(seat);
            }
        }
    }

    /** Tells all children that have the feed open, or one of them that opens it. */
    private void hook(Call hook) {
        synchronized (hooks) {
            hooks.add(hook);
        }
        boolean told = false;
        for (int i = 0; i < pool.size(); i++) {
            Seat seat = pool.borrow(i);
            try {
                if (seat.heard(id) >= 0) {
                    catchUp(seat);
                    told = true;
                }
            } catch (ChildDiedException e) {
                pool.crashed(e, 1);
            } finally {
                pool.giveBack(seat);
            }
        }
        if (!told) {
            ask(null);
        }
    }

    /** Opens the feed in a child, or tells the child of the hooks it has missed. */
    private void catchUp(Seat seat) throws ChildDiedException {
        List<Call> all;
        synchronized (hooks) {
            all = List.copyOf(hooks);
        }
        int heard = seat.heard(id);
        if (heard < 0) {
            randomAccess = Reply.isRandomAccess(seat.call(open));
            heard = lastBegin(all);
            seat.heard(id, heard);
        }
        for (; heard < all.size(); heard++) {
            Reply.check(seat.call(all.get(heard)));
            seat.heard(id, heard + 1);
        }
    }

    /** Where a newly opened feed starts: it repeats the epochs before by itself. */
    private static int lastBegin(List<Call> hooks) {
        int last = hooks.size() - 1;
        while (last > 0 && !(hooks.get(last) instanceof Call.Begin)) {
            last--;
        }
        return Math.max(last, 0);
    }

    @Override
    public void close() {
        // Closing is due even in a thread that was interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            closeAll();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A child that another feed keeps busy is left with this one open, until it ends. */
    private void closeAll() {
        for (int i = 0; i < pool.size(); i++) {
            Seat seat = pool.borrowSoon(i);
            if (seat == null) {
                continue;
            }
            try {
                if (seat.heard(id) >= 0) {
                    seat.forget(id);
                    Reply.check(seat.call(new Call.Close(id)));
                }
            } catch (ChildDiedException e) {
                pool.crashed(e, 1);
            } finally {
                pool.giveBack(seat);
            }
        }
    }
}
