package org.lockstep.executor.queue.child;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.data.Window;
import org.lockstep.data.storage.HadoopSettings;

/** What a parent asks of a child; {@code feed} is the parent's number for a feed that the child has open. */
sealed interface Call extends Serializable {

    int feed();

    record Open(int feed, Shard shard, BatchOrder order, HadoopSettings hadoop) implements Call {}

    record Begin(int feed, int epoch) implements Call {}

    record Get(int feed, Window window, int step) implements Call {}

    record Describe(int feed, Window window, int step) implements Call {}

    record End(int feed, int epoch) implements Call {}

    record Close(int feed) implements Call {}

    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot send the data to a child process: they must be serializable: " + e, e);
        }
        return bytes.toByteArray();
    }
}
