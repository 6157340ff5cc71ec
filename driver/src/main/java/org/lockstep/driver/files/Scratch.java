package org.lockstep.driver.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lockstep.data.storage.StoredFile;

/**
 * A local file to read from: a stored file itself where it is local, else a temporary one that is deleted on closing.
 *
 * @param temporary whether it is deleted
 */
record Scratch(Path path, boolean temporary) implements AutoCloseable {

    /** A new, empty one. */
    static Scratch empty() {
        try {
            return new Scratch(Files.createTempFile("lockstep-", ".h5"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary file: " + e.getMessage(), e);
        }
    }

    /** One with the content of a stored file. */
    static Scratch of(StoredFile file) {
        file.version();
        if (file.isLocal()) {
            return new Scratch(file.local(), false);
        }
        Scratch copy = empty();
        try {
            file.read(stream -> {
                Files.delete(copy.path);
                return Files.copy(stream, copy.path);
            });
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    @Override
    public void close() {
        if (temporary) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete the temporary file " + path + ": " + e.getMessage(), e);
            }
        }
    }
}
