package org.lockstep.driver.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.FitConf;
import org.lockstep.data.Window;

/**
 * What each epoch takes of the data, by Keras's rules for data that are longer or shorter than {@code steps_per_epoch}
 * says. An endless epoch ends where the data do.
 *
 * <p>With length L and n steps: Keras 3 goes on with a pass in the next epoch while n &lt; L, cuts the epoch short in which
 * the pass ends, and gives L batches where n &gt; L. tf.keras 2.15 begins anew each epoch, and ends training after the
 * first where n &gt; L. What nobody knows the length of is one stream; where it ends, Keras 3 gives the first batches
 * again that it had peeked at, and tf.keras ends training.
 */
public final class Schedule {

    /** How many batches Keras 3 peeks at. */
    private static final int PEEKED = 2;

    /** Past the end of any stream. */
    private static final long PAST_THE_END = 1L << 40;

    private final Version version;
    private final int initialEpoch;
    private final @Nullable Integer steps;
    private final List<Window> windows = new ArrayList<>();
    private final List<Boolean> cutShort = new ArrayList<>();
    private final boolean isStream;

    private Schedule(Version version, int initialEpoch, @Nullable Integer steps, boolean isStream) {
        this.version = version;
        this.initialEpoch = initialEpoch;
        this.steps = steps;
        this.isStream = isStream;
    }

    /**
     * A schedule.
     *
     * @param length the data's batches; null where nobody knows
     * @param given batches of an epoch; null takes all, {@link FitConf#ENDLESS} as many as there are
     */
    public static Schedule of(
            Version version, @Nullable Long length, @Nullable Integer given, int initialEpoch, int epochs) {
        boolean isEndless = given != null && given == FitConf.ENDLESS;
        Integer steps = isEndless ? null : given;
        Schedule schedule = new Schedule(version, initialEpoch, steps, length == null);
        if (length == null) {
            schedule.stream(epochs);
        } else if (version == Version.TFKERAS215) {
            schedule.passes(epochs, Math.min(length, steps == null ? length : steps), steps != null && steps > length);
        } else {
            schedule.goOn(length, isEndless ? Long.MAX_VALUE : steps == null ? length : steps, epochs);
        }
        return schedule;
    }

    private void stream(int epochs) {
        for (int epoch = initialEpoch; epoch < epochs; epoch++) {
            if (steps != null) {
                add(new Window(epoch, initialEpoch, 0, (long) (epoch - initialEpoch) * steps, steps), false);
            } else if (epoch == initialEpoch) {
                add(new Window(epoch, initialEpoch, 0, 0, Window.UNKNOWN), false);
            } else if (version == Version.KERAS3) {
                add(pastTheEnd(epoch, PEEKED), false);
            } else if (epoch == initialEpoch + 1) {
                // The epoch in which tf.keras finds that the stream has ended; it is the last.
                add(pastTheEnd(epoch, 0), false);
            }
        }
    }

    /** Epochs of what Keras 3 kept of a stream that has ended: its first batches, from which every new pass is made. */
    private void again(int firstEpoch, int epochs, int from) {
        int at = from;
        for (int epoch = firstEpoch; epoch < epochs; epoch++) {
            if (steps != null && steps <= PEEKED - at) {
                add(new Window(epoch, initialEpoch, 0, at, steps), false);
                at += steps;
            } else {
                add(pastTheEnd(epoch, at == 0 ? PEEKED : 0), false);
                at = 0;
            }
        }
    }

    private Window pastTheEnd(int epoch, int replay) {
        return new Window(epoch, initialEpoch, replay, PAST_THE_END, steps == null ? Window.UNKNOWN : steps);
    }

    private void passes(int epochs, long count, boolean isShort) {
        for (int epoch = initialEpoch; epoch < (isShort ? Math.min(epochs, initialEpoch + 1) : epochs); epoch++) {
            add(Window.of(epoch, count), isShort);
        }
    }

    private void goOn(long length, long wanted, int epochs) {
        long at = 0;
        int order = initialEpoch;
        for (int epoch = initialEpoch; epoch < epochs; epoch++) {
            if (at == 0) {
                order = epoch;
            }
            long count = Math.min(wanted, length - at);
            add(new Window(epoch, order, 0, at, count), count < wanted);
            at = at + count == length ? 0 : at + count;
        }
    }

    private void add(Window window, boolean isCutShort) {
        windows.add(window);
        cutShort.add(isCutShort);
    }

    /** The epochs' windows, as they are expected. */
    public List<Window> windows() {
        return List.copyOf(windows);
    }

    /** The window of an epoch; null where training ends before it. */
    public @Nullable Window window(int epoch) {
        int index = epoch - initialEpoch;
        return index < windows.size() ? windows.get(index) : null;
    }

    /** Whether an epoch is known to have fewer batches than was asked for. */
    public boolean isCutShort(int epoch) {
        return cutShort.get(epoch - initialEpoch);
    }

    /** Whether an epoch has no other end than that of the data, so that tf.keras does not warn of it. */
    public boolean isOpenEnded(int epoch) {
        return version == Version.TFKERAS215 && isStream && steps == null && epoch == initialEpoch;
    }

    /** The data ran out in an epoch: what follows changes. */
    public void ranOut(int epoch) {
        if (!isStream || isOpenEnded(epoch)) {
            return;
        }
        int epochs = initialEpoch + windows.size();
        keep(epoch - initialEpoch + 1);
        if (version == Version.KERAS3) {
            again(epoch + 1, epochs, 0);
        }
    }

    /** Goes on with an epoch that an earlier run had planned: after a stream has ended it is not the one expected. */
    public void resume(Window window) {
        int index = window.epoch() - initialEpoch;
        if (!isStream || index >= windows.size() || windows.get(index).equals(window)) {
            return;
        }
        int epochs = initialEpoch + windows.size();
        keep(index);
        add(window, false);
        int wanted = steps == null ? PEEKED : steps;
        boolean isWithin = window.replay() == 0 && window.from() + wanted <= PEEKED;
        again(window.epoch() + 1, epochs, isWithin ? (int) window.from() + wanted : 0);
    }

    private void keep(int count) {
        while (windows.size() > count) {
            windows.remove(windows.size() - 1);
            cutShort.remove(cutShort.size() - 1);
        }
    }

    /** What validations take of the data: all runs from the beginning, or, of a stream, Keras's peeked batches and what follows. */
    public static List<Window> validations(Version version, @Nullable Long length, @Nullable Integer steps, int runs) {
        List<Window> windows = new ArrayList<>();
        long drawn = 0;
        for (int run = 0; run < runs; run++) {
            if (length != null) {
                windows.add(new Window(run, 0, 0, 0, steps == null ? length : Math.min(length, steps)));
            } else if (steps == null) {
                int again = version == Version.KERAS3 ? PEEKED : 0;
                windows.add(
                        run == 0
                                ? Window.of(0, Window.UNKNOWN)
                                : new Window(run, 0, again, PAST_THE_END, Window.UNKNOWN));
            } else {
                int replay = run == 0 || version == Version.TFKERAS215 ? 0 : Math.min(PEEKED, steps);
                windows.add(new Window(run, 0, replay, drawn, steps));
                drawn += steps - replay;
            }
        }
        return windows;
    }
}
