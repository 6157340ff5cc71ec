package org.lockstep.data.storage;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.lockstep.data.BadDataException;

/**
 * The files below a folder, or those in a zip file, by their names in it: {@code cats/1.jpg}. Both are read in any order, by
 * several threads at once.
 */
public interface StoredTree {

    /** The end of a zip file's name within a path. */
    Pattern IN_ZIP = Pattern.compile("\\.zip/", Pattern.CASE_INSENSITIVE);

    /**
     * A file or folder of a tree.
     *
     * @param name relative to the tree; a folder's ends in a slash
     * @param length bytes, 0 for a folder
     */
    record Entry(String name, long length) {

        public boolean isFolder() {
            return name.endsWith("/");
        }
    }

    /**
     * The tree at a plain path or Hadoop URI: a folder, a zip file, or a folder in a zip file as {@code data.zip/train}.
     *
     * @throws BadDataException if nothing is there, or a file that is no zip file
     */
    static StoredTree of(String path) {
        StoredFile file = new StoredFile(StoredFolder.of(path).uri());
        Matcher inside = IN_ZIP.matcher(file.uri());
        while (inside.find()) {
            StoredFile zip = new StoredFile(file.uri().substring(0, inside.end() - 1));
            if (!zip.isFolder()) {
                return ZipTree.of(zip, file.uri().substring(inside.end()) + "/");
            }
        }
        return file.isFolder() ? new FolderTree(file) : ZipTree.of(file, "");
    }

    /**
     * All files and folders at every depth, sorted by name. Folders of a zip file that it does not list may be missing.
     *
     * @throws BadDataException if they cannot be listed
     */
    List<Entry> entries();

    /**
     * A file's content.
     *
     * @throws ZipException if it is damaged in its zip file
     * @throws IOException if it cannot be read
     */
    byte[] read(String name) throws IOException;

    /** Where a file lies, for messages: {@code /data/cats/1.jpg} or {@code /data.zip at cats/1.jpg}. */
    String place(String name);
}
