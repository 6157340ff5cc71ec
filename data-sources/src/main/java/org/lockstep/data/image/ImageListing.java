package org.lockstep.data.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lockstep.data.storage.StoredTree;
import org.lockstep.keras.NotSupportedException;

/**
 * The images of a tree, in Keras's order: by class, then by folder below it, then by name.
 *
 * @param classes sorted; a label is a place here
 * @param digest of all names and lengths, to see that two machines see the same
 */
record ImageListing(List<String> classes, List<Image> images, String digest) {

    private static final Set<String> READ = Set.of("jpg", "jpeg", "png");
    /** Keras reads these too. */
    private static final Set<String> NOT_SUPPORTED = Set.of("bmp", "gif");

    record Image(String name, int label) {}

    static ImageListing of(StoredTree tree) {
        List<StoredTree.Entry> entries = tree.entries();
        String top = top(entries);
        List<StoredTree.Entry> within =
                entries.stream().filter(entry -> entry.name().startsWith(top)).toList();
        List<String> classes = List.copyOf(folders(within, top));
        List<StoredTree.Entry> files = new ArrayList<>();
        for (StoredTree.Entry entry : within) {
            String ending = ending(entry.name());
            boolean inClass = label(classes, first(entry.name(), top)) >= 0 && !entry.isFolder();
            if (inClass && NOT_SUPPORTED.contains(ending)) {
                throw new NotSupportedException(
                        "Images must be JPEG or PNG. Received: %s".formatted(tree.place(entry.name())));
            }
            if (inClass && READ.contains(ending)) {
                files.add(entry);
            }
        }
        files.sort(Comparator.comparing((StoredTree.Entry file) -> first(file.name(), top))
                .thenComparing(file -> file.name().substring(0, file.name().lastIndexOf('/')))
                .thenComparing(StoredTree.Entry::name));
        List<Image> images = files.stream()
                .map(file -> new Image(file.name(), label(classes, first(file.name(), top))))
                .toList();
        return new ImageListing(classes, images, digest(classes, files));
    }

    /** The folder above the class folders: while there is one folder alone, and no image right in it, the one below. */
    private static String top(List<StoredTree.Entry> entries) {
        String top = "";
        while (true) {
            Set<String> folders = folders(entries, top);
            String next = top + (folders.size() == 1 ? folders.iterator().next() : "") + "/";
            boolean hasImages = entries.stream()
                    .anyMatch(entry -> entry.name().startsWith(next)
                            && READ.contains(ending(entry.name()))
                            && entry.name().indexOf('/', next.length()) < 0);
            if (folders.size() != 1 || hasImages || folders(entries, next).isEmpty()) {
                return top;
            }
            top = next;
        }
    }

    /** The folders right below one, without hidden ones and what macOS adds to zip files. */
    private static Set<String> folders(List<StoredTree.Entry> entries, String top) {
        return entries.stream()
                .filter(entry -> entry.name().startsWith(top) && entry.name().indexOf('/', top.length()) > 0)
                .map(entry -> first(entry.name(), top))
                .filter(name -> !name.startsWith(".") && !name.equals("__MACOSX"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String first(String name, String top) {
        int slash = name.indexOf('/', top.length());
        return slash < 0 ? "" : name.substring(top.length(), slash);
    }

    /** Negative where it is no class. */
    private static int label(List<String> classes, String folder) {
        return Collections.binarySearch(classes, folder);
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String digest(List<String> classes, List<StoredTree.Entry> files) {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            sum.update(String.join("\n", classes).getBytes(StandardCharsets.UTF_8));
            for (StoredTree.Entry file : files) {
                sum.update(("\n" + file.name() + "\n" + file.length()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sum.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot be: every JDK has SHA-256", e);
        }
    }
}
