package org.lockstep.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lockstep.driver.checkpoint.Runs.RUN;
import static org.lockstep.driver.checkpoint.Runs.assertSame;
import static org.lockstep.driver.checkpoint.Runs.checkpoint;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.executor.Cursor;
import org.lockstep.executor.TrainState;
import org.lockstep.report.Totals;

class CheckpointStoreTest {

    private static CheckpointStore store(Path folder) {
        return CheckpointStore.of(folder.toString(), 3);
    }

    private static Checkpoint newest(Path folder) {
        return store(folder).newest(RUN).orElseThrow();
    }

    /** Floats that lose bits where somebody takes them for numbers. */
    private static void spread(float[] odd, FloatBuffer into) {
        for (int i = 0; i < into.capacity(); i++) {
            into.put(i, odd[i % odd.length]);
        }
    }

    @Test
    void roundTrip_sameBitsAndTypes(@TempDir Path folder) {
        float[] odd = {
            Float.intBitsToFloat(0x7FC12345),
            Float.intBitsToFloat(0xFFC00001),
            -0f,
            Float.MIN_VALUE,
            -1e-42f,
            Float.POSITIVE_INFINITY,
            Float.MAX_VALUE
        };
        TrainState state = Runs.state(1, 0);
        spread(odd, state.weights());
        state.slots().values().forEach(slot -> spread(odd, slot));
        state.learningRate(Math.nextUp(0.1));
        state.iterations(1L << 40);
        state.cursor(new Cursor(new Window(1, 0, 3, 1L << 35, Window.UNKNOWN), 17, Long.MIN_VALUE, 5, 0, 2));
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("int", 5);
        memory.put("long", 5L);
        memory.put("double", 5.0);
        memory.put("odd", List.of(-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Math.nextUp(0.1)));
        memory.put("none", Arrays.asList(null, 1));
        memory.put("flag", true);
        memory.put("text", "a \"$long\" ü\n");
        memory.put("map", Map.of("weights", List.of(new float[0], new float[] {1})));
        memory.put("floats", odd);
        memory.put("tensors", List.of(Tensor.of(new int[] {2, 2}, 1, -0f, 3, 4), Tensor.zeros(0, 3)));
        Checkpoint expected = new Checkpoint(
                state,
                new Totals.Snapshot(Math.nextUp(0.3), 1L << 33, List.of(0.1, 2.0)),
                List.of(new CallbackState("A", memory), new CallbackState("B", Map.of())),
                true,
                null);
        store(folder).write(expected, RUN);

        Checkpoint actual = newest(folder);
        assertSame(actual, expected);
        assertThat(bits(FloatBuffer.wrap(
                        (float[]) actual.callbacks().get(0).state().get("floats"))))
                .isEqualTo(bits(FloatBuffer.wrap(odd)));
        assertThat(bits(actual.state().slot("velocity"))).isEqualTo(bits(state.slot("velocity")));
    }

    private static int[] bits(@Nullable FloatBuffer floats) {
        FloatBuffer values = Objects.requireNonNull(floats);
        int[] bits = new int[values.capacity()];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values.get(i)));
        return bits;
    }

    @Test
    void lastOnesStay_othersAndLitterGo(@TempDir Path folder) throws IOException {
        for (String litter : new String[] {".ckpt-9-9.json.0a.tmp", ".manifest.json.0b.tmp", "ckpt-8-8.weights.h5"}) {
            Files.createFile(folder.resolve(litter));
        }
        Files.createFile(folder.resolve("ckpt-notes.txt"));
        CheckpointStore store = store(folder);
        for (int step = 1; step <= 5; step++) {
            store.write(checkpoint(2, step), RUN);
        }

        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "manifest.json",
                        "ckpt-notes.txt",
                        "ckpt-2-3.weights.h5",
                        "ckpt-2-3.callbacks.bin",
                        "ckpt-2-3.json",
                        "ckpt-2-4.weights.h5",
                        "ckpt-2-4.callbacks.bin",
                        "ckpt-2-4.json",
                        "ckpt-2-5.weights.h5",
                        "ckpt-2-5.callbacks.bin",
                        "ckpt-2-5.json");
        assertSame(newest(folder), checkpoint(2, 5));

        store.clear();
        assertThat(folder.toFile().list()).containsExactly("ckpt-notes.txt");
        assertThat(store.isEmpty()).isTrue();
        assertThat(store(folder).newest(RUN)).isEmpty();
    }

    @Test
    void weights_areAFileOfKeras(@TempDir Path folder) {
        store(folder).write(checkpoint(2, 5), RUN);
        TrainState empty = TrainState.create(RUN.model().layout(), RUN.compile().optimizer());
        TrainState state = KerasFile.loadWeights(
                        folder.resolve("ckpt-2-5.weights.h5").toString(),
                        new SavedModel(RUN.model(), RUN.compile(), empty))
                .state();
        assertThat(state.weights()).isEqualTo(Runs.state(2, 5).weights());
        assertThat(state.iterations()).isEqualTo(205);
    }

    @Test
    void samePlaceTwice_bothAreKept(@TempDir Path folder) {
        TrainState other = Runs.state(1, 3);
        other.iterations(9);
        store(folder).write(checkpoint(1, 3), RUN);
        store(folder).write(checkpoint(other), RUN);

        assertSame(newest(folder), checkpoint(other));
        assertThat(folder.resolve("ckpt-1-3.json")).exists();
        assertThat(folder.resolve("ckpt-1-3-2.json")).exists();
    }

    @Test
    void noManifest_newestOfAllThatLieThere(@TempDir Path folder) throws IOException {
        CheckpointStore store = store(folder);
        store.write(checkpoint(1, 3), RUN);
        store.write(checkpoint(0, 9), RUN);
        Files.delete(folder.resolve("manifest.json"));
        assertSame(newest(folder), checkpoint(0, 9));

        store(folder).write(checkpoint(0, 10), RUN);
        assertThat(folder.resolve("ckpt-1-3.json")).exists();
    }

    @Test
    void missingFile_oneBeforeIsUsed(@TempDir Path folder) throws IOException {
        CheckpointStore store = store(folder);
        store.write(checkpoint(0, 1), RUN);
        store.write(checkpoint(0, 2), RUN);
        Files.delete(folder.resolve("ckpt-0-2.weights.h5"));
        try (Warnings warnings = Warnings.open()) {
            assertSame(newest(folder), checkpoint(0, 1));
            assertThat(warnings.texts())
                    .containsExactly("Checkpoint ckpt-0-2 in %s is passed over: Cannot read %s: no such file"
                            .formatted(folder, folder.resolve("ckpt-0-2.weights.h5")));
        }
    }

    @Test
    void afterGoingBack_damagedOneIsForgotten(@TempDir Path folder) throws IOException {
        CheckpointStore store = store(folder);
        store.write(checkpoint(0, 1), RUN);
        store.write(checkpoint(0, 2), RUN);
        Files.write(folder.resolve("ckpt-0-2.weights.h5"), new byte[9]);
        CheckpointStore resumed = store(folder);
        resumed.newest(RUN);
        resumed.write(checkpoint(0, 2), RUN);

        assertSame(newest(folder), checkpoint(0, 2));
        assertThat(folder.toFile().list()).hasSize(7);
    }

    @Test
    void noneWhole_isAnErrorWithAllReasons(@TempDir Path folder) throws IOException {
        CheckpointStore store = store(folder);
        store.write(checkpoint(0, 1), RUN);
        store.write(checkpoint(0, 2), RUN);
        Files.write(folder.resolve("ckpt-0-1.json"), new byte[1]);
        Files.write(folder.resolve("ckpt-0-2.weights.h5"), new byte[1]);

        assertThatThrownBy(() -> newest(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("Cannot resume from " + folder + ": no checkpoint in it is whole: ")
                .hasMessageContaining(folder.resolve("ckpt-0-1.json") + ": it has 1 bytes, and had ")
                .hasMessageContaining(folder.resolve("ckpt-0-2.weights.h5") + ": it has 1 bytes, and had ");
    }

    @Test
    void anotherRun_isRefusedWithTheDifference(@TempDir Path folder) {
        store(folder).write(checkpoint(0, 1), RUN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store(folder).newest(Runs.run(5, Map.of("batch_size", 32, "seed", 7L))))
                .withMessage(
                        "Cannot resume from %s: it is of another run: model.config.layers[1].config.units was 3, and is 5. Set it as it was, or use another folder",
                        folder.resolve("ckpt-0-1.json"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store(folder).newest(Runs.run(3, Map.of("batch_size", 16, "seed", 7L))))
                .withMessageContaining("fit.batch_size was 32, and is 16");
    }

    @Test
    void newerFormat_isRefused(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("manifest.json"), Sealed.seal(Map.of("checkpoints", "somewhere"), 2));
        String message =
                "Cannot read %s: a newer version of Lockstep wrote it, in format 2. This one reads up to format 1"
                        .formatted(folder.resolve("manifest.json"));

        assertThatThrownBy(() -> newest(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> store(folder).write(checkpoint(0, 1), RUN))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(message);
    }

    @Test
    void stateThatCannotBeKept_isNamed(@TempDir Path folder) {
        Checkpoint good = checkpoint(0, 1);
        Checkpoint bad = new Checkpoint(
                good.state(),
                good.totals(),
                List.of(new CallbackState("Mine", Map.of("best", List.of(folder)))),
                false,
                null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store(folder).write(bad, RUN))
                .withMessageStartingWith("Invalid `Mine.state.best[0]`: must be None, ");
        assertThat(store(folder).isEmpty()).isTrue();
    }

    @Test
    void keepOfZero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointStore.of("a", 0))
                .withMessage("Invalid `keep`: must be a positive integer. Received: 0");
    }
}
