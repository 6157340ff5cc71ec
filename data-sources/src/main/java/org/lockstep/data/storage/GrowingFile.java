package org.lockstep.data.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * A file that is written bit by bit while others read it. What was flushed is there for them, also when this JVM is killed
 * then; in a store without such a promise, as S3, a file is there when it is closed. Every failure is an {@link
 * UncheckedIOException} that names the path.
 */
public final class GrowingFile implements AutoCloseable {

    private final StoredFile file;
    private final OutputStream stream;
    private long length;

    private GrowingFile(StoredFile file, OutputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    private interface Action {
        void run() throws IOException;
    }

    /** Begins a file in a folder that is there, under a name that is free. */
    public static GrowingFile create(StoredFile file) {
        try {
            return new GrowingFile(file, file.isLocal() ? local(file) : elsewhere(file));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static OutputStream local(StoredFile file) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(file.local(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    private static OutputStream elsewhere(StoredFile file) throws IOException {
        return StoredFile.fileSystem(file.path()).create(file.path(), false);
    }

    private static UncheckedIOException failure(StoredFile file, IOException e) {
        return new UncheckedIOException("Cannot write %s: %s".formatted(file, StoredFile.reason(e)), e);
    }

    /** Adds bytes at the end. */
    public void write(byte[] bytes) {
        doing(() -> stream.write(bytes));
        length += bytes.length;
    }

    /** Lets others read what was written so far. */
    public void flush() {
        doing(() -> {
            if (stream instanceof FSDataOutputStream hadoop) {
                hadoop.hflush();
            } else {
                stream.flush();
            }
        });
    }

    /** Bytes written. */
    public long length() {
        return length;
    }

    @Override
    public void close() {
        doing(stream::close);
    }

    private void doing(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }
}
