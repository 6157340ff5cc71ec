package org.lockstep.driver.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
 * Keras 3's files, written so that Keras opens them, and read as Keras writes them; what is written and read again is the
 * same to the bit, but a learning rate that the model is not compiled with is kept as a float.
 *
 * <p>A path is a local file or a Hadoop URI. A file is replaced whole or not at all. Files are not trusted: damaged ones,
 * and those that claim more than their model needs, are refused with a {@link BadDataException}; a file of another model
 * with an {@link IllegalArgumentException}.
 */
public final class KerasFile {

    /** The version of Keras that the files name; Keras itself does not look at it. */
    private static final String KERAS_VERSION = "3.12.0";

    private static final DateTimeFormatter SAVED = DateTimeFormatter.ofPattern("yyyy-MM-dd'@'HH:mm:ss", Locale.ROOT);
    private static final Logger LOG = LoggerFactory.getLogger(KerasFile.class);

    private KerasFile() {}

    /** Writes a {@code .keras} file. */
    public static void save(String path, SavedModel saved) {
        save(path, saved, Clock.system(ZoneId.systemDefault()));
    }

    static void save(String path, SavedModel saved, Clock clock) {
        checkName(path, ".keras", "Invalid `filepath` argument: expected a `.keras` extension.");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", KERAS_VERSION);
        metadata.put("date_saved", LocalDateTime.now(clock).format(SAVED));
        String config = config(saved);
        try (Scratch weights = Scratch.empty()) {
            WeightsWriter.write(weights.path(), saved);
            StoredFile.of(path).write(out -> ArchiveWriter.write(out, Json.write(metadata), config, weights.path()));
        }
    }

    /** With the learning rate of now, as Keras writes it, or with its schedule. */
    private static String config(SavedModel saved) {
        CompileConf compile = saved.compile();
        if (compile == null) {
            return KerasJson.toJson(saved.model());
        }
        Optimizer optimizer = compile.optimizer();
        Optimizer now = optimizer.schedule() == null
                ? optimizer.learningRate(saved.state().learningRate())
                : optimizer;
        return KerasJson.toJson(saved.model(), compile.optimizer(now));
    }

    /** Reads a {@code .keras} file. */
    public static SavedModel load(String path) {
        checkName(path, ".keras", "Invalid filename: expected a `.keras` extension.");
        StoredFile file = StoredFile.of(path);
        try (Scratch local = Scratch.of(file);
                ArchiveReader archive = ArchiveReader.open(local.path(), file.toString());
                Scratch weights = Scratch.empty()) {
            KerasJson.Document document = document(archive.config(), file);
            Model model = document.model();
            CompileConf compile = document.compile();
            archive.weights(weights.path(), WeightsReader.maxBytes(model, optimizer(compile)));
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

    private static KerasJson.Document document(String config, StoredFile file) {
        KerasJson.Document document;
        try {
            document = KerasJson.parse(config);
        } catch (IllegalArgumentException e) {
            throw new BadDataException(
                    "Cannot read " + file + " at " + ArchiveWriter.CONFIG + ": " + e.getMessage(), e);
        }
        if (!document.model().isBuilt()) {
            throw new NotSupportedException(
                    "Cannot read " + file + ": its model has not been built, so it has no weights");
        }
        return document;
    }

    /** A model that is not compiled has a state without slots. */
    private static Optimizer optimizer(@Nullable CompileConf compile) {
        return compile == null ? SGD.of() : compile.optimizer();
    }

    /** Writes a {@code .weights.h5} file, with the optimizer's state where the model is compiled. */
    public static void saveWeights(String path, SavedModel saved) {
        checkName(path, ".weights.h5", "The filename must end in `.weights.h5`.");
        StoredFile.of(path).write(out -> writeWeights(out, saved));
    }

    /** Writes the content of a {@code .weights.h5} file and leaves the stream open. */
    public static void writeWeights(OutputStream out, SavedModel saved) throws IOException {
        try (Scratch weights = Scratch.empty()) {
            WeightsWriter.write(weights.path(), saved);
            Files.copy(weights.path(), out);
        }
    }

    /**
     * Reads a {@code .weights.h5} file of this model, with the optimizer's state where it fits how the model is compiled.
     *
     * @param into is not changed
     */
    public static SavedModel loadWeights(String path, SavedModel into) {
        checkName(path, ".weights.h5", "The filename must end in `.weights.h5`.");
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
