package org.lockstep.executor.queue;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Window;

/**
 * What a shard's queue makes ahead, and how far.
 *
 * @param shard the shard's number, for messages
 * @param windows what the run is expected to ask for, by epoch and consecutive
 * @param steps a window's updates, at least 1
 * @param input how many batches are in flight and who makes them
 */
public record QueueOrder(int shard, List<Window> windows, ToIntFunction<Window> steps, InputConf input) {

    public QueueOrder {
        windows = List.copyOf(windows);
    }

    /** The window that is expected after this one; null after the last and after one that was not expected. */
    @Nullable
    Window after(Window window) {
        int index = windows.indexOf(window);
        return index < 0 || index + 1 == windows.size() ? null : windows.get(index + 1);
    }
}
