package org.lockstep.driver.files;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;

/**
 * A group of an HDF5 file that is not trusted: links to other places are refused, and whatever jHDF throws at damaged
 * bytes becomes a {@link BadDataException}.
 *
 * @param file for messages
 * @param path of the group in the file, empty for the root
 */
record H5Group(Group group, String file, String path) {

    /** Reads an open file. */
    interface Reader<T> {
        T read(H5Group root);
    }

    /** Opens a file and reads from its root. */
    static <T> T read(Path h5, String file, Reader<T> reader) {
        try (HdfFile opened = guarded(file, "its beginning", () -> new HdfFile(h5))) {
            return reader.read(new H5Group(opened, file, ""));
        }
    }

    /** Of the whole file. */
    long bytes() {
        return group.getHdfFile().size();
    }

    Set<String> names() {
        return guarded(file, place(), () -> group.getChildren().keySet());
    }

    /** The group of that name, null where there is nothing of that name. */
    @Nullable
    H5Group find(String name) {
        Node node = node(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof Group found)) {
            throw BadDataException.at(file, inside(name), "must be a group");
        }
        return new H5Group(found, file, inside(name));
    }

    boolean isGroup(String name) {
        return node(name) instanceof Group;
    }

    H5Group child(String name) {
        H5Group found = find(name);
        if (found == null) {
            throw BadDataException.at(file, place(), "no group \"" + name + "\"");
        }
        return found;
    }

    H5Values values(String name) {
        Node node = node(name);
        if (node == null) {
            throw BadDataException.at(file, place(), "no dataset \"" + name + "\"");
        }
        if (!(node instanceof Dataset dataset)) {
            throw BadDataException.at(file, inside(name), "must be a dataset");
        }
        return guarded(file, inside(name), () -> H5Values.of(dataset, file, inside(name)));
    }

    private @Nullable Node node(String name) {
        Node node = guarded(file, place(), () -> group.getChildren().get(name));
        if (node != null && node.isLink()) {
            throw BadDataException.at(file, inside(name), "links to other places are not read");
        }
        return node;
    }

    /** The group at a path, {@code a/b}. */
    H5Group groupAt(String way) {
        H5Group found = this;
        for (String name : way.split("/")) {
            found = name.isEmpty() ? found : found.child(name);
        }
        return found;
    }

    /** The dataset at a path, {@code a/b}. */
    H5Values valuesAt(String way) {
        int slash = way.lastIndexOf('/');
        return slash < 0 ? values(way) : groupAt(way.substring(0, slash)).values(way.substring(slash + 1));
    }

    /** For messages. */
    String place() {
        return path.isEmpty() ? "its root" : path;
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /** What a call of jHDF gives. */
    static <T extends @Nullable Object> T guarded(String file, String place, Supplier<T> call) {
        try {
            return call.get();
        } catch (BadDataException e) {
            throw e;
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String reason = "not readable as HDF5: " + cause.getMessage();
            throw new BadDataException("Cannot read " + file + " at " + place + ": " + reason, e);
        }
    }
}
