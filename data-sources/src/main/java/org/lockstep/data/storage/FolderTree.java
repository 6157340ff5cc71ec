package org.lockstep.data.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder. */
record FolderTree(StoredFile folder) implements StoredTree {

    @Override
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try {
            Path path = new Path(folder.uri());
            add(StoredFile.fileSystem(path), path, "", entries);
        } catch (IOException e) {
            throw folder.broken(e);
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    private static void add(FileSystem files, Path path, String prefix, List<Entry> entries) throws IOException {
        for (FileStatus status : files.listStatus(path)) {
            String name = prefix + status.getPath().getName();
            if (status.isDirectory()) {
                entries.add(new Entry(name + "/", 0));
                add(files, status.getPath(), name + "/", entries);
            } else {
                entries.add(new Entry(name, status.getLen()));
            }
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        StoredFile file = new StoredFile(place(folder.uri(), name));
        if (file.isLocal()) {
            return Files.readAllBytes(file.local());
        }
        Path path = new Path(file.uri());
        try (InputStream stream = StoredFile.fileSystem(path).open(path)) {
            return stream.readAllBytes();
        }
    }

    @Override
    public String place(String name) {
        return place(folder.toString(), name);
    }

    private static String place(String folder, String name) {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }
}
