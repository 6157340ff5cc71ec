package org.lockstep.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackException;
import org.lockstep.callbacks.CallbackStates;
import org.lockstep.data.Window;
import org.lockstep.driver.checkpoint.Checkpoint;
import org.lockstep.driver.checkpoint.RunIdentity;
import org.lockstep.driver.launch.Kernels;
import org.lockstep.driver.plan.Schedule;
import org.lockstep.executor.Cursor;
import org.lockstep.executor.TrainState;

/** Takes the checkpoints of a fit that callbacks ask for, once all have heard of the event, and goes on from one. */
final class Checkpoints {

    private final SparkModel model;
    private final Supplier<RunIdentity> identities;
    private final Progress progress;
    private final Schedule schedule;
    private final RunCallbacks callbacks;
    private final Cursor origin;
    private final Kernels kernels;
    private final long pointNanos;
    private final List<Request> requests = new ArrayList<>();
    private final List<Consumer<Checkpoint>> pointKeepers = new ArrayList<>();
    private long lastPoint = System.nanoTime();
    private @Nullable Checkpoint resumed;
    private @Nullable RunIdentity identity;

    private record Request(Callback callback, Consumer<Checkpoint> keeper) {}

    /**
     * The checkpoints of a fit.
     *
     * @param identities finds out what the fit is; asked once, if at all, as it may read the data
     * @param origin where it begins
     * @param kernels what it computes with
     */
    Checkpoints(
            SparkModel model,
            Supplier<RunIdentity> identities,
            Progress progress,
            Schedule schedule,
            RunCallbacks callbacks,
            Cursor origin,
            Kernels kernels) {
        this.model = model;
        this.identities = identities;
        this.progress = progress;
        this.schedule = schedule;
        this.callbacks = callbacks;
        this.origin = origin;
        this.kernels = kernels;
        this.pointNanos = model.cluster().network().recoveryPeriod().toNanos();
    }

    RunIdentity identity() {
        RunIdentity known = identity == null ? identities.get() : identity;
        identity = known;
        return known;
    }

    void keep(Consumer<Checkpoint> keeper) {
        requests.add(new Request(callbacks.list().current(), keeper));
    }

    void keepPoints(Consumer<Checkpoint> keeper) {
        pointKeepers.add(keeper);
    }

    void resumeFrom(Checkpoint checkpoint) {
        resumed = checkpoint;
    }

    /** All callbacks have heard of a step: those that asked get their checkpoint. */
    void takeAfterStep() {
        if (!requests.isEmpty() && !callbacks.list().isSynchronous()) {
            throw new IllegalStateException(
                    "Cannot keep a checkpoint between steps: no callback is synchronous, so workers do not wait");
        }
        take();
        if (keepsPoints() && callbacks.list().isSynchronous() && System.nanoTime() - lastPoint >= pointNanos) {
            takePoint(model.live());
        }
    }

    /** All callbacks have heard of an epoch's end: those that asked get their checkpoint. */
    void take() {
        List<Request> asked = List.copyOf(requests);
        requests.clear();
        for (Request request : asked) {
            try {
                request.keeper().accept(snapshot(model.live()));
            } catch (RuntimeException e) {
                throw new CallbackException(request.callback(), e);
            }
        }
    }

    boolean keepsPoints() {
        return !pointKeepers.isEmpty();
    }

    /** The executors have brought back the state after the last step that callbacks have heard of. */
    void takePoint(TrainState point) {
        if (keepsPoints()) {
            lastPoint = System.nanoTime();
            Checkpoint taken = snapshot(point);
            pointKeepers.forEach(keeper -> keeper.accept(taken));
        }
    }

    private Checkpoint snapshot(TrainState now) {
        TrainState state = now.copy();
        Window window = progress.window();
        state.cursor(origin.at(
                window == null ? Window.of(progress.nextEpoch(), 0) : window, window == null ? 0 : progress.step()));
        return new Checkpoint(
                state,
                progress.totals().snapshot(),
                CallbackStates.of(callbacks.list().all()),
                model.isStopped(),
                kernels.kernel());
    }

    /** Sets the fit's place to that of the checkpoint that a callback has brought, if one has; states follow with {@link #restore}. */
    void place() {
        if (resumed != null) {
            kernels.resume(resumed.kernel());
            Cursor cursor = resumed.cursor();
            schedule.resume(cursor.window());
            Window window = schedule.window(cursor.epoch());
            progress.resume(window, cursor.step(), resumed.totals());
        }
    }

    /** Whether callbacks are to hear of the epoch's beginning before their states come back. */
    boolean isWithinEpoch() {
        return resumed != null && resumed.cursor().step() > 0;
    }

    /** Whether nothing is left to do: training was told to stop, or had ended, when the checkpoint was taken. */
    boolean isOver() {
        boolean isStopped = resumed != null && resumed.stopped() && !isWithinEpoch();
        return isStopped || progress.window() == null;
    }

    /** Brings back the model's and all callbacks' states, if there is something to resume from that has not been yet. */
    void restore() {
        Checkpoint from = resumed;
        if (from == null) {
            return;
        }
        resumed = null;
        CallbackStates.restore(from.callbacks(), callbacks.list().all());
        TrainState state = from.state().copy();
        state.cursor(null);
        model.keep(state);
        if (from.stopped()) {
            model.stopTraining();
        }
    }
}
