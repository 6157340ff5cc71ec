package org.lockstep.executor.transport;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ring of messages in memory that two JVMs of one machine share: one writes, the other looks and reads, in the same order.
 *
 * <pre>
 * head:     how many bytes have been written in all, how many read
 * message:  its length, its body's length, the message, its body
 * </pre>
 *
 * <p>Only the user that made it may open it, and its name is gone once the other JVM has: when both are, nothing is left,
 * however they end. Thread-safe; after close nothing is written or read.
 */
final class SharedRing implements AutoCloseable {

    /** Memory on Linux, whatever the JVM's temporary files are on; of this machine only, or of this container. */
    private static final Path FOLDER = Path.of("/dev/shm");

    private static final String PREFIX = "lockstep-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * Secret.LENGTH + "}");

    /** Each alone in its line of a processor's cache. */
    private static final int WRITTEN = 0;

    private static final int READ = 64;
    private static final int HEAD = 128;

    private static final int LENGTHS = 2 * Integer.BYTES;
    private static final int LONGEST_MESSAGE = 1 << 16;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Path file;
    private final MappedByteBuffer memory;
    private final int capacity;
    /** Bytes that this end has written, or has read, in all. */
    private long done;

    private boolean isClosed;

    private SharedRing(Path file, MappedByteBuffer memory) {
        this.file = file;
        this.memory = memory;
        this.capacity = memory.capacity() - HEAD;
    }

    /** Whether this machine may have such memory. */
    static boolean isPossible() {
        return Files.isDirectory(FOLDER);
    }

    /**
     * A new one, to write to.
     *
     * @throws IOException where there is no such memory, or not twice as much as that
     */
    static SharedRing create(int capacity) throws IOException {
        if (Files.getFileStore(FOLDER).getUsableSpace() / 2 < capacity) {
            throw new IOException(FOLDER + " has no room for " + capacity + " bytes");
        }
        Path file = FOLDER.resolve(PREFIX + HexFormat.of().formatHex(Secret.nonce()));
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            // Written, not only made that long: a page that cannot be had would end the JVM when it is first used.
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
            for (int left = HEAD + capacity; left > 0; left -= zeros.position()) {
                channel.write(zeros.clear().limit(Math.min(left, zeros.capacity())));
            }
            return new SharedRing(file, channel.map(MapMode.READ_WRITE, 0, HEAD + capacity));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * The one that another JVM has made, to read from; it is nameless from then on.
     *
     * @throws IOException where this JVM cannot open it
     */
    static SharedRing open(String name, int capacity) throws IOException {
        if (!NAME.matcher(name).matches() || capacity < 1 || capacity > Integer.MAX_VALUE - HEAD) {
            throw new IllegalArgumentException("no shared memory: %s of %d bytes".formatted(name, capacity));
        }
        Path file = FOLDER.resolve(name);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() != HEAD + capacity) {
                throw new NoSuchFileException(name, null, "has another size");
            }
            MappedByteBuffer memory = channel.map(MapMode.READ_WRITE, 0, HEAD + capacity);
            Files.deleteIfExists(file);
            return new SharedRing(file, memory);
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    int capacity() {
        return capacity;
    }

    /** Writes a message and its body, of all bytes that remain in these buffers; returns whether there was room. */
    synchronized boolean write(int length, ByteBuffer message, ByteBuffer... body) {
        long all = (long) LENGTHS + message.remaining() + length;
        if (isClosed || all > capacity || message.remaining() > LONGEST_MESSAGE) {
            return false;
        }
        if (all > capacity - (done - counted(READ, Math.max(0, done - capacity), done))) {
            return false;
        }
        put(ByteBuffer.allocate(LENGTHS)
                .putInt(message.remaining())
                .putInt(length)
                .flip());
        put(message);
        for (ByteBuffer part : body) {
            put(part);
        }
        LONG.setRelease(memory, WRITTEN, done);
        return true;
    }

    /** What the other end has counted, which must be in this range. */
    private long counted(int place, long least, long most) {
        long value = (long) LONG.getAcquire(memory, place);
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "shared memory counts %d bytes, not %d to %d".formatted(value, least, most));
        }
        return value;
    }

    private void put(ByteBuffer part) {
        int at = place();
        int first = Math.min(part.remaining(), HEAD + capacity - at);
        memory.put(at, part, part.position(), first);
        memory.put(HEAD, part, part.position() + first, part.remaining() - first);
        done += part.remaining();
    }

    /** Hands over all messages that have been written and not read. */
    synchronized void read(Reader reader) {
        while (!isClosed && counted(WRITTEN, done, done + capacity) > done) {
            ByteBuffer lengths = take(ByteBuffer.allocate(LENGTHS));
            int message = lengths.getInt();
            int length = lengths.getInt();
            if (message < 0 || message > LONGEST_MESSAGE || length < 0 || length > capacity) {
                throw new IllegalArgumentException("a message of %d bytes with %d".formatted(message, length));
            }
            Receiver.Body body = reader.read(take(ByteBuffer.allocate(message)), length);
            if (body != null) {
                take(body.into());
            }
            LONG.setRelease(memory, READ, done);
            if (body != null) {
                body.whole().run();
            }
        }
    }

    /** Takes messages. */
    @FunctionalInterface
    interface Reader {

        /** Returns where the body of a message goes, which is as long; null where there is none. */
        Receiver.@Nullable Body read(ByteBuffer message, int bodyLength);
    }

    private ByteBuffer take(ByteBuffer into) {
        int at = place();
        int first = Math.min(into.remaining(), HEAD + capacity - at);
        into.put(into.position(), memory, at, first);
        into.put(into.position() + first, memory, HEAD, into.remaining() - first);
        done += into.remaining();
        return into;
    }

    private int place() {
        return HEAD + (int) (done % capacity);
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        PlatformDependent.freeDirectBuffer(memory);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot delete " + file, e);
        }
    }
}
