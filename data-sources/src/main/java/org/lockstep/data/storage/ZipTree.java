package org.lockstep.data.storage;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Loaded;

/**
 * A zip file, or a folder in one.
 *
 * @param zip opened once by this JVM as long as the file stays the same; closes itself when nobody holds it
 * @param folder what the names of all entries begin with; empty for the whole file
 */
record ZipTree(StoredFile file, ZipFile zip, String folder) implements StoredTree {

    /** Not a zip file's version, which other packages may take for a key of theirs. */
    private record Key(StoredFile.Version version) {}

    static ZipTree of(StoredFile file, String folder) {
        ZipFile zip = Loaded.of(new Key(file.version()), ZipFile.class, () -> open(file));
        if (zip.stream().noneMatch(entry -> entry.getName().startsWith(folder))) {
            throw BadDataException.at(
                    file.toString(),
                    folder.isEmpty() ? "its directory" : folder,
                    folder.isEmpty() ? "the zip file is empty" : "no such folder, or an empty one");
        }
        return new ZipTree(file, zip, folder);
    }

    private static ZipFile open(StoredFile file) {
        try {
            return file.isLocal()
                    ? new ZipFile(file.local().toFile())
                    : new ZipFile(copy(file), ZipFile.OPEN_READ | ZipFile.OPEN_DELETE);
        } catch (ZipException e) {
            throw new BadDataException("Cannot read " + file + " as a zip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw file.broken(e);
        }
    }

    /** A temporary file, which has no name any more once it is open. */
    private static File copy(StoredFile file) {
        Path copy;
        try {
            copy = Files.createTempFile("lockstep", ".zip");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy %s: %s".formatted(file, StoredFile.reason(e)), e);
        }
        try {
            file.readRaw(stream -> Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING));
            return copy.toFile();
        } catch (BadDataException e) {
            copy.toFile().delete();
            throw e;
        }
    }

    @Override
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            if (name.startsWith(folder) && name.length() > folder.length()) {
                entries.add(new Entry(name.substring(folder.length()), entry.isDirectory() ? 0 : entry.getSize()));
            }
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public byte[] read(String name) throws IOException {
        ZipEntry entry = zip.getEntry(folder + name);
        if (entry == null) {
            throw new ZipException("no such entry");
        }
        byte[] content;
        try (InputStream stream = zip.getInputStream(entry)) {
            content = stream.readAllBytes();
        } catch (EOFException e) {
            throw (ZipException) new ZipException("its compressed data end too early").initCause(e);
        }
        CRC32 sum = new CRC32();
        sum.update(content);
        if (sum.getValue() != entry.getCrc()) {
            throw new ZipException("its checksum is %08x and not %08x, as the zip file says"
                    .formatted(sum.getValue(), entry.getCrc()));
        }
        return content;
    }

    @Override
    public String place(String name) {
        return file + " at " + folder + name;
    }
}
