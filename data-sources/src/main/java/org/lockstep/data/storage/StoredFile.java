package org.lockstep.data.storage;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Digest;

/**
 * A file that any machine of the cluster opens by its URI: a plain path is a local file, anything else goes through
 * Hadoop's file systems, set up by {@link HadoopSettings}.
 *
 * @param uri absolute, with its scheme
 */
public record StoredFile(String uri) implements Serializable {

    private static final int FINGERPRINT_BYTES = 1 << 20;
    private static final int GZIP_MAGIC_0 = 0x1F;
    private static final int GZIP_MAGIC_1 = 0x8B;

    /** What tells one content of a file from another. */
    public record Version(String uri, long length, long modified) {}

    /** Reads an open stream. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream stream) throws IOException;
    }

    /** Fills an open stream. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream stream) throws IOException;
    }

    /** The file of a plain path (relative ones start in the current folder) or of a Hadoop URI. */
    public static StoredFile of(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("Invalid path: must not be empty. Received: \"" + path + "\"");
        }
        if (path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")) {
            return new StoredFile(path);
        }
        try {
            return new StoredFile(
                    "file://" + java.nio.file.Path.of(path).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("Invalid path: " + e.getReason() + ". Received: \"" + path + "\"", e);
        }
    }

    /** The file's length and time now. */
    public Version version() {
        try {
            FileStatus status = fileSystem(path()).getFileStatus(path());
            return new Version(uri, status.getLen(), status.getModificationTime());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Name, length and a digest of the beginning: what stays the same when the file is copied elsewhere. */
    public String fingerprint() {
        byte[] beginning = readRaw(stream -> stream.readNBytes(FINGERPRINT_BYTES));
        return "%s (%d bytes, %s)"
                .formatted(
                        path().getName(),
                        version().length(),
                        new Digest().add(beginning).take());
    }

    /**
     * Reads the content, decompressed if it starts as gzip does, whatever the file's name.
     *
     * @throws BadDataException if the file is missing or its gzip stream is damaged
     */
    public <T> T read(Reader<T> reader) {
        return readRaw(stream -> {
            stream.mark(2);
            boolean gzip = stream.read() == GZIP_MAGIC_0 && stream.read() == GZIP_MAGIC_1;
            stream.reset();
            return gzip ? decompressed(stream, reader) : reader.read(stream);
        });
    }

    /**
     * Reads the content as it is stored.
     *
     * @throws BadDataException if the file is missing or cannot be read
     */
    public <T> T readRaw(Reader<T> reader) {
        try (InputStream raw = fileSystem(path()).open(path());
                BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16)) {
            return reader.read(buffered);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    static FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(HadoopSettings.configuration());
    }

    private static <T> T decompressed(InputStream stream, Reader<T> reader) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(stream, 1 << 16)) {
            return reader.read(plain);
        }
    }

    /**
     * Writes the whole content, or leaves the file as it was: readers see the old content or the new, never a part.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public void write(Writer writer) {
        try {
            if (isLocal()) {
                LocalReplacement.write(local(), writer);
            } else {
                HadoopReplacement.write(path(), HadoopSettings.configuration(), writer);
            }
        } catch (IOException e) {
            String reason = isMissing(e) ? "no such folder" : reason(e);
            throw new UncheckedIOException("Cannot write " + this + ": " + reason, e);
        }
    }

    /** Whether it is a folder and no file. */
    boolean isFolder() {
        try {
            return fileSystem(path()).getFileStatus(path()).isDirectory();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Whether the file lies in the file system of this machine. */
    public boolean isLocal() {
        return uri.startsWith("file:/");
    }

    /** The path of a local file. */
    public java.nio.file.Path local() {
        if (!isLocal()) {
            throw new IllegalStateException("Cannot take " + this + " for a local file: it is not");
        }
        return java.nio.file.Path.of(path().toUri().getPath());
    }

    Path path() {
        return new Path(uri);
    }

    /** Why an operation failed, in one line; Java's local files say no more than a path and the kind of exception. */
    static String reason(IOException e) {
        boolean bare = e instanceof FileSystemException system && system.getReason() == null;
        return bare ? e.getClass().getSimpleName() + ": " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private static boolean isMissing(IOException e) {
        return e instanceof FileNotFoundException || e instanceof NoSuchFileException;
    }

    BadDataException broken(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (isMissing(e)) {
            reason = "no such file";
        } else if (e instanceof EOFException) {
            reason = "its gzip stream is truncated";
        } else if (e instanceof ZipException) {
            reason = "its gzip stream is damaged: " + reason;
        }
        return new BadDataException("Cannot read " + this + ": " + reason, e);
    }

    /** The local path, or the URI of a file elsewhere. */
    @Override
    public String toString() {
        return uri.startsWith("file://") ? uri.substring("file://".length()) : uri;
    }
}
