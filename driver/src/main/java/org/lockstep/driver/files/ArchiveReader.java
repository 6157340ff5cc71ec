package org.lockstep.driver.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;
import org.lockstep.keras.NotSupportedException;

/**
 * The zip of a {@code .keras} file that is not trusted: its names must stay inside it, its entries are read to limits, and
 * their checksums must hold.
 */
final class ArchiveReader implements AutoCloseable {

    /** Keras writes three, and one for each asset. */
    private static final int MAX_ENTRIES = 1_000;

    private static final long MAX_CONFIG_BYTES = 64L << 20;

    private final ZipFile zip;
    private final String file;

    private ArchiveReader(ZipFile zip, String file) {
        this.zip = zip;
        this.file = file;
    }

    /**
     * Opens a local archive.
     *
     * @param file for messages
     */
    static ArchiveReader open(Path archive, String file) {
        try {
            ArchiveReader reader = new ArchiveReader(new ZipFile(archive.toFile()), file);
            try {
                reader.checkNames();
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
            return reader;
        } catch (IOException e) {
            throw new BadDataException(
                    "Cannot read %s: not a whole zip archive: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void checkNames() {
        if (zip.size() > MAX_ENTRIES) {
            throw new BadDataException(
                    "Cannot read %s: it has %d entries, more than %d".formatted(file, zip.size(), MAX_ENTRIES));
        }
        Set<String> seen = new HashSet<>();
        zip.stream().map(ZipEntry::getName).forEach(name -> {
            if (!isInside(name)) {
                throw BadDataException.at(file, "entry \"" + name + "\"", "the name leads out of the archive");
            }
            if (!seen.add(name)) {
                throw BadDataException.at(file, "entry \"" + name + "\"", "two entries have this name");
            }
        });
    }

    private static boolean isInside(String name) {
        return !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf(':') < 0
                && !Arrays.asList(name.split("/", -1)).contains("..");
    }

    /** The text of {@code config.json}. */
    String config() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(entry(ArchiveWriter.CONFIG), MAX_CONFIG_BYTES, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Copies {@code model.weights.h5}, which may have so many bytes. */
    void weights(Path into, long maxBytes) {
        if (find(ArchiveWriter.WEIGHTS) == null && find("model.weights.npz") != null) {
            throw new NotSupportedException(
                    "Cannot read " + file + ": its weights are in NumPy's format. Save the model with HDF5 weights");
        }
        try (OutputStream out = Files.newOutputStream(into)) {
            copy(entry(ArchiveWriter.WEIGHTS), maxBytes, out);
        } catch (IOException e) {
            throw broken(ArchiveWriter.WEIGHTS, e);
        }
    }

    private @Nullable ZipEntry find(String name) {
        return zip.getEntry(name);
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = find(name);
        if (entry == null) {
            throw new BadDataException("Cannot read " + file + ": it has no " + name);
        }
        return entry;
    }

    private void copy(ZipEntry entry, long maxBytes, OutputStream out) {
        if (entry.getSize() > maxBytes) {
            throw tooLarge(entry, maxBytes);
        }
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
                if (total > maxBytes) {
                    throw tooLarge(entry, maxBytes);
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            throw broken(entry.getName(), e);
        }
        if (sum.getValue() != entry.getCrc()) {
            throw BadDataException.at(file, entry.getName(), "its checksum is wrong: the file is damaged");
        }
    }

    private BadDataException tooLarge(ZipEntry entry, long maxBytes) {
        return BadDataException.at(
                file, entry.getName(), "it claims more than the %d bytes that it may need".formatted(maxBytes));
    }

    private BadDataException broken(String name, IOException e) {
        return new BadDataException("Cannot read " + file + " at " + name + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new BadDataException("Cannot close " + file + ": " + e.getMessage(), e);
        }
    }
}
