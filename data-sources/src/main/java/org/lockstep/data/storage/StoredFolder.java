package org.lockstep.data.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder by plain path or Hadoop URI, as {@link StoredFile} is a file. Every failure is an {@link
 * UncheckedIOException} that names the path.
 *
 * @param uri absolute, with its scheme
 */
public record StoredFolder(String uri) {

    /** The folder of a plain path (relative ones start in the current folder) or of a Hadoop URI. */
    public static StoredFolder of(String path) {
        String uri = StoredFile.of(path).uri();
        return new StoredFolder(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    }

    /** A file in this folder. */
    public StoredFile file(String name) {
        return new StoredFile(uri + "/" + name);
    }

    /** Makes the folder and those above it, where they are missing. */
    public void create() {
        doing("make folder", this.toString(), folder -> {
            if (!files().mkdirs(folder)) {
                throw new IOException("the file system refuses");
            }
            return true;
        });
    }

    /** The names of the files in the folder, sorted; none where there is no folder. */
    public List<String> names() {
        return doing("list", toString(), folder -> {
            List<String> names = new ArrayList<>();
            for (FileStatus status : found(folder)) {
                if (status.getPath().equals(folder)) {
                    throw new IOException("it is a file");
                }
                if (status.isFile()) {
                    names.add(status.getPath().getName());
                }
            }
            names.sort(null);
            return List.copyOf(names);
        });
    }

    private FileStatus[] found(Path folder) throws IOException {
        try {
            return files().listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    /** Deletes a file of this folder, where there is one. */
    public void delete(String name) {
        doing("delete", file(name).toString(), folder -> files().delete(new Path(folder, name), false));
    }

    /** Deletes the folder if nothing is in it. */
    public void deleteIfEmpty() {
        doing("delete", toString(), folder -> {
            FileSystem files = files();
            return files.exists(folder) && files.listStatus(folder).length == 0 && files.delete(folder, false);
        });
    }

    private FileSystem files() throws IOException {
        return StoredFile.fileSystem(new Path(uri));
    }

    private interface Action<T> {
        T with(Path folder) throws IOException;
    }

    private <T> T doing(String verb, String what, Action<T> action) {
        try {
            return action.with(new Path(uri));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot %s %s: %s".formatted(verb, what, StoredFile.reason(e)), e);
        }
    }

    /** The local path, or the URI of a folder elsewhere. */
    @Override
    public String toString() {
        return new StoredFile(uri).toString();
    }
}
