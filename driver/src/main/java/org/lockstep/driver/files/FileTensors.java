package org.lockstep.driver.files;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Tensor;
import org.lockstep.data.storage.StoredFile;

/** The weights of a {@code .keras} or {@code .weights.h5} file as they lie there, whatever model they are of. */
public final class FileTensors {

    private static final String LAYERS = "layers";

    /** More than this are not unpacked of a {@code .keras} file. */
    private static final long MAX_BYTES = 1L << 30;

    /** Generous: groups may lead back to themselves. */
    private static final int MAX_DEPTH = 32;

    private FileTensors() {}

    /** The layers' tensors by the paths of their datasets, such as {@code layers/conv2d/vars/0}. */
    public static Map<String, Tensor> read(String path) {
        StoredFile file = StoredFile.of(path);
        try (Scratch local = Scratch.of(file)) {
            if (!path.endsWith(".keras")) {
                return H5Group.read(local.path(), file.toString(), FileTensors::layers);
            }
            try (ArchiveReader archive = ArchiveReader.open(local.path(), file.toString());
                    Scratch weights = Scratch.empty()) {
                archive.weights(weights.path(), MAX_BYTES);
                return H5Group.read(weights.path(), file.toString(), FileTensors::layers);
            }
        }
    }

    private static Map<String, Tensor> layers(H5Group root) {
        Map<String, Tensor> tensors = new TreeMap<>();
        H5Group layers = root.find(LAYERS);
        if (layers != null) {
            addAll(layers, 0, tensors);
        }
        return tensors;
    }

    private static void addAll(H5Group group, int depth, Map<String, Tensor> into) {
        if (depth > MAX_DEPTH) {
            throw BadDataException.at(
                    group.file(), group.path(), "groups lie in each other more than " + MAX_DEPTH + " deep");
        }
        for (String name : group.names()) {
            if (group.isGroup(name)) {
                addAll(group.child(name), depth + 1, into);
            } else {
                H5Values values = group.values(name);
                Tensor tensor = Tensor.zeros(values.shape());
                values.copyTo(FloatBuffer.wrap(tensor.values()));
                into.put(values.path(), tensor);
            }
        }
    }
}
