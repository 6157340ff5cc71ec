package org.lockstep.driver.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;
import org.lockstep.driver.files.FileTensors;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.executor.TrainState;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.SGD;

/** Where a model's variables lie in files of weights: the number that a variable is full of tells which it is. */
final class LayoutCases {

    private static final Pattern VARIABLE = Pattern.compile("(\\w+)\\s*(\\[.*])?");

    private static final String MODEL = ".keras";
    private static final String WEIGHTS = ".weights.h5";

    private LayoutCases() {}

    static void run(Case given, Check check) {
        Sequential model = LayerText.model(given.config().list("layers"));
        TrainState state = TrainState.create(model.layout(), SGD.of());
        List<WeightLayout.Slot> slots = model.layout().slots();
        for (int i = 0; i < slots.size(); i++) {
            float[] values = new float[slots.get(i).size()];
            Arrays.fill(values, i);
            state.weights().put(slots.get(i).offset(), values);
        }
        SavedModel saved = new SavedModel(model, null, state);
        Fields expected = Fields.of("datasets", given.expected().value("datasets"));
        for (String suffix : suffixes(given.config())) {
            compare(expected, slots, written(saved, suffix), check);
        }
    }

    /** The endings of names of files, such as {@code .keras / .weights.h5}. */
    private static List<String> suffixes(Fields config) {
        String names = config.given("file") ? config.text("file") : WEIGHTS;
        return Arrays.stream(names.strip().split("\\s*[/,]\\s*"))
                .map(LayoutCases::suffix)
                .toList();
    }

    private static String suffix(String name) {
        for (String suffix : List.of(MODEL, WEIGHTS)) {
            if (name.endsWith(suffix)) {
                return suffix;
            }
        }
        throw new NotSupportedException("files " + name);
    }

    private static Map<String, Tensor> written(SavedModel saved, String suffix) {
        try {
            Path file = Files.createTempFile("lockstep-", suffix);
            try {
                if (suffix.equals(MODEL)) {
                    KerasFile.save(file.toString(), saved);
                } else {
                    KerasFile.saveWeights(file.toString(), saved);
                }
                return FileTensors.read(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep a temporary file: " + e.getMessage(), e);
        }
    }

    private static void compare(
            Fields expected, List<WeightLayout.Slot> slots, Map<String, Tensor> written, Check check) {
        for (String path : expected.names()) {
            Matcher variable = VARIABLE.matcher(expected.text(path));
            Tensor tensor = written.get(path);
            check.that(tensor != null, "there is no dataset " + path);
            if (tensor == null) {
                continue;
            }
            check.that(variable.matches(), "not supported yet: expected " + expected.text(path));
            String name = slots.get((int) tensor.values()[0]).variable().name();
            check.same("the variable at " + path, variable.group(1), name);
            if (variable.group(2) != null) {
                check.same("the shape at " + path, PythonText.value(variable.group(2)), shape(tensor));
            }
        }
        for (String path : written.keySet()) {
            check.that(expected.names().contains(path), "there is a dataset more: " + path);
        }
    }

    private static @Nullable Object shape(Tensor tensor) {
        return Arrays.stream(tensor.shape()).boxed().toList();
    }
}
