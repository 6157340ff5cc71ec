package org.lockstep.driver.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.Json;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.data.BadDataException;
import org.lockstep.data.storage.StoredFile;
import org.lockstep.executor.TrainState;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keras 3's files, and its older {@code .h5} files, written so that Keras opens them, and read as Keras writes them; what is
 * written and read again is the same to the bit, but a learning rate that the model is not compiled with is kept as a float.
 *
 * <p>A path is a local file or a Hadoop URI. A file is replaced whole or not at all. Files are not trusted: damaged ones,
 * and those that claim more than their model needs, are refused with a {@link BadDataException}; a file of another model
 * with an {@link IllegalArgumentException}.
 */
public final class KerasFile {

    /** The version of Keras that the files name; Keras itself does not look at it. */
    static final String KERAS_VERSION = "3.12.0";

    /** Of an optimizer that is not read: with room, as Keras's have at most three, a moving average and a sum of gradients. */
    private static final int MOST_SLOTS = 5;

    private static final DateTimeFormatter SAVED = DateTimeFormatter.ofPattern("yyyy-MM-dd'@'HH:mm:ss", Locale.ROOT);
    private static final Logger LOG = LoggerFactory.getLogger(KerasFile.class);

    private KerasFile() {}

    /**
     * Writes a {@code .keras} file or, where the path ends in {@code .h5} or {@code .hdf5}, one of Keras's older format,
     * with Keras's warning.
     */
    public static void save(String path, SavedModel saved) {
        save(path, saved, Clock.system(ZoneId.systemDefault()));
    }

    static void save(String path, SavedModel saved, Clock clock) {
        if (isLegacy(path)) {
            LOG.warn(
                    "You are saving your model as an HDF5 file. This file format is considered legacy. "
                            + "We recommend using instead the native Keras format, e.g. `model.save(\"my_model.keras\")`. "
                            + "Received: filepath={}",
                    path);
            write(path, scratch -> LegacyWriter.write(scratch, saved));
            return;
        }
        checkName(
                path,
                ".keras",
                "Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras "
                        + "format (recommended) or a `.h5` extension.");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", KERAS_VERSION);
        metadata.put("date_saved", LocalDateTime.now(clock).format(SAVED));
        CompileConf compile = saved.compiledNow();
        String config = compile == null ? KerasJson.toJson(saved.model()) : KerasJson.toJson(saved.model(), compile);
        try (Scratch weights = Scratch.empty()) {
            WeightsWriter.write(weights.path(), saved);
            StoredFile.of(path).write(out -> ArchiveWriter.write(out, Json.write(metadata), config, weights.path()));
        }
    }

    /** Writes a file by way of a local one. */
    private static void write(String path, Consumer<Path> content) {
        try (Scratch scratch = Scratch.empty()) {
            content.accept(scratch.path());
            StoredFile.of(path).write(out -> Files.copy(scratch.path(), out));
        }
    }

    /** Whether Keras takes a file of that name for one of the older format. */
    public static boolean isLegacy(String path) {
        return path.endsWith(".h5") || path.endsWith(".hdf5");
    }

    /** Reads a {@code .keras} file or a whole model of Keras's older format. */
    public static SavedModel load(String path) {
        return load(path, true);
    }

    /**
     * Reads a {@code .keras} file or a whole model of Keras's older format.
     *
     * @param compiles whether what the file says of the optimizer, loss and metrics is read, as {@code load_model} takes it
     */
    public static SavedModel load(String path, boolean compiles) {
        StoredFile file = StoredFile.of(path);
        if (isLegacy(path)) {
            try (Scratch local = Scratch.of(file)) {
                return LegacyReader.load(local.path(), file.toString(), compiles);
            }
        }
        checkName(
                path,
                ".keras",
                "File format not supported: expected a `.keras` file or one of the legacy H5 format (`.h5` extension).");
        try (Scratch local = Scratch.of(file);
                ArchiveReader archive = ArchiveReader.open(local.path(), file.toString());
                Scratch weights = Scratch.empty()) {
            KerasJson.Document document = document(archive.config(), file, compiles);
            Model model = document.model();
            CompileConf compile = document.compile();
            int slots = compiles ? optimizer(compile).slots().size() : MOST_SLOTS;
            archive.weights(weights.path(), WeightsReader.maxBytes(model, slots));
            return WeightsReader.read(weights.path(), file + "!" + ArchiveWriter.WEIGHTS, model, reader -> {
                reader.checkLayers();
                TrainState state = TrainState.create(model.layout(), optimizer(compile));
                reader.readLayers(state);
                if (compile != null) {
                    reader.readOptimizer(compile.optimizer(), state);
                }
                return new SavedModel(model, compile, state);
            });
        }
    }

    private static KerasJson.Document document(String config, StoredFile file, boolean compiles) {
        KerasJson.Document document;
        try {
            document = compiles ? KerasJson.parse(config) : new KerasJson.Document(KerasJson.fromJson(config), null);
        } catch (IllegalArgumentException e) {
            throw new BadDataException(
                    "Cannot read " + file + " at " + ArchiveWriter.CONFIG + ": " + e.getMessage(), e);
        }
        checkBuilt(document.model(), file.toString());
        return document;
    }

    static void checkBuilt(Model model, String file) {
        if (!model.isBuilt()) {
            throw new NotSupportedException(
                    "Cannot read " + file + ": its model has not been built, so it has no weights");
        }
    }

    /** A model that is not compiled has a state without slots. */
    static Optimizer optimizer(@Nullable CompileConf compile) {
        return compile == null ? SGD.of() : compile.optimizer();
    }

    /** Writes a {@code .weights.h5} file, with the optimizer's state where the model is compiled. */
    public static void saveWeights(String path, SavedModel saved) {
        checkName(path, ".weights.h5", "The filename must end in `.weights.h5`.");
        write(path, scratch -> WeightsWriter.write(scratch, saved));
    }

    /** Writes the content of a {@code .weights.h5} file and leaves the stream open. */
    public static void writeWeights(OutputStream out, SavedModel saved) throws IOException {
        try (Scratch weights = Scratch.empty()) {
            WeightsWriter.write(weights.path(), saved);
            Files.copy(weights.path(), out);
        }
    }

    /**
     * Reads a {@code .weights.h5} file of this model, with the optimizer's state where it fits how the model is compiled,
     * or the weights alone of a file of Keras's older format.
     *
     * @param into is not changed
     */
    public static SavedModel loadWeights(String path, SavedModel into) {
        if (!path.endsWith(".weights.h5") && isLegacy(path)) {
            StoredFile legacy = StoredFile.of(path);
            try (Scratch local = Scratch.of(legacy)) {
                TrainState state = LegacyReader.loadWeights(local.path(), legacy.toString(), into);
                return new SavedModel(into.model(), into.compile(), state);
            }
        }
        checkName(
                path,
                ".weights.h5",
                "File format not supported: expected a `.weights.h5` file or one of the legacy H5 format (`.h5` extension).");
        StoredFile file = StoredFile.of(path);
        CompileConf compile = into.compile();
        try (Scratch local = Scratch.of(file)) {
            return WeightsReader.read(local.path(), file.toString(), into.model(), reader -> {
                reader.checkLayers();
                TrainState state = into.state().copy();
                reader.readLayers(state);
                if (compile != null && reader.fits(compile.optimizer())) {
                    reader.readOptimizer(compile.optimizer(), state);
                } else if (compile != null) {
                    LOG.warn("{} has no state for this optimizer: it stays as it was", file);
                }
                return new SavedModel(into.model(), compile, state);
            });
        }
    }

    private static void checkName(String path, String suffix, String rule) {
        if (!path.endsWith(suffix)) {
            throw new IllegalArgumentException(rule + " Received: filepath=" + path);
        }
    }
}
