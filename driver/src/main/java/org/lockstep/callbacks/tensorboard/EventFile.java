package org.lockstep.callbacks.tensorboard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.lockstep.data.Tensor;
import org.lockstep.data.storage.GrowingFile;
import org.lockstep.data.storage.StoredFile;
import org.lockstep.data.storage.StoredFolder;
import org.tensorflow.framework.Summary;

/**
 * A file of summaries that TensorBoard shows, written as TensorFlow 2 writes it. TensorBoard reads it while it grows: up to
 * the last {@link #flush}, or to the last of each ten events.
 */
public final class EventFile implements AutoCloseable {

    /** Events that may wait, in memory, for a flush; TensorFlow's own number. */
    private static final int MOST_WAITING = 10;

    private static final AtomicInteger FILES = new AtomicInteger();

    private final StoredFolder folder;
    private final String name;
    private final GrowingFile file;
    private int waiting;

    private EventFile(StoredFolder folder) {
        this.folder = folder;
        this.name = newName();
        folder.create();
        this.file = GrowingFile.create(folder.file(name));
    }

    /** A new file in a folder, which is made where it is missing; older files there stay. */
    public static EventFile create(StoredFolder folder) {
        EventFile created = new EventFile(folder);
        created.add(Records.framed(Event.version()));
        created.flush();
        return created;
    }

    /**
     * A new file that takes the place of one in the same folder: with the events that had been written when that was so
     * long, those that are whole.
     *
     * @param name of a file that is there
     * @param length bytes
     */
    public static EventFile continuing(StoredFolder folder, String name, long length) {
        StoredFile old = folder.file(name);
        EventFile created = new EventFile(folder);
        old.readRaw(stream -> {
            Records.whole(stream, length, created::add);
            return true;
        });
        if (created.length() == 0) {
            created.add(Records.framed(Event.version()));
        }
        created.flush();
        folder.delete(name);
        return created;
    }

    private static String newName() {
        return "events.out.tfevents.%010d.%s.%d.%d.v2"
                .formatted(
                        System.currentTimeMillis() / 1000,
                        host(),
                        ProcessHandle.current().pid(),
                        FILES.getAndIncrement());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The file's name in its folder. */
    public String name() {
        return name;
    }

    /** Bytes written, those included that wait for a flush. */
    public long length() {
        return file.length();
    }

    public void scalar(String tag, long step, double value) {
        add(step, Summaries.scalar(tag, value));
    }

    /** Counts a tensor's values in buckets. */
    public void histogram(String tag, long step, Tensor values) {
        add(step, Summaries.histogram(tag, Histogram.of(values.values())));
    }

    /** Draws a weight as Keras does; weights that it cannot draw are left out. */
    public void image(String tag, long step, Tensor weight) {
        WeightImages.of(weight).ifPresent(images -> add(step, Summaries.images(tag, images)));
    }

    /** Writes a model, in Keras's JSON. */
    public void kerasModel(String tag, long step, String json) {
        add(step, Summaries.kerasModel(tag, json));
    }

    private void add(long step, Summary.Value value) {
        add(Records.framed(Event.summary(step, value)));
    }

    private void add(byte[] record) {
        file.write(record);
        waiting++;
        if (waiting >= MOST_WAITING) {
            flush();
        }
    }

    /** Lets TensorBoard read all that was written. */
    public void flush() {
        file.flush();
        waiting = 0;
    }

    @Override
    public void close() {
        file.close();
    }

    /** Closes the file and deletes it. */
    public void discard() {
        close();
        folder.delete(name);
    }
}
