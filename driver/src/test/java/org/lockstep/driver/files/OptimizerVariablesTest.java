package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.api.WritableGroup;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adadelta;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Adamax;
import org.lockstep.optimizers.Lion;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.schedules.ExponentialDecay;
import org.lockstep.optimizers.schedules.LearningRateSchedule;

/** Optimizers' variables in files, in the order in which Keras 3's {@code build} makes them. */
class OptimizerVariablesTest {

    private static final Sequential MODEL = Sequential.of(Input.of(2), Dense.of(1));
    private static final LearningRateSchedule SCHEDULE = ExponentialDecay.of(0.5, 2, 0.5);
    private static final float PRODUCT = (float) ((0.9 * (1 - 0.5 * 0.96)) * (0.9 * (1 - 0.5 * 0.96 * 0.96)));

    @TempDir
    private Path folder = Path.of("");

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                        Adagrad.of(),
                        Adadelta.of(),
                        Adamax.of(),
                        Nadam.of(),
                        Lion.of(),
                        Adam.of().amsgrad(true))
                .flatMap(optimizer -> Stream.of(optimizer, optimizer.learningRate(SCHEDULE)));
    }

    /** After two updates, slot number s of weight i holds 10 s + i. */
    private static SavedModel saved(Optimizer optimizer) {
        TrainState state = TrainState.initial(MODEL, optimizer, 1);
        List<FloatBuffer> slots = new ArrayList<>(state.slots().values());
        for (int s = 0; s < slots.size(); s++) {
            for (int i = 0; i < 3; i++) {
                slots.get(s).put(i, 10 * s + i);
            }
        }
        state.iterations(2);
        return new SavedModel(MODEL, CompileConf.of(optimizer, Loss.of("mse")), state);
    }

    private static SavedModel fresh(Optimizer optimizer) {
        TrainState state = TrainState.create(MODEL.layout(), optimizer);
        return new SavedModel(MODEL, CompileConf.of(optimizer, Loss.of("mse")), state);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void writtenFiles_areReadToTheBit(Optimizer optimizer) {
        SavedModel saved = saved(optimizer);
        String weights = folder.resolve("a.weights.h5").toString();
        KerasFile.saveWeights(weights, saved);
        assertThat(KerasFile.loadWeights(weights, fresh(optimizer)).state().sha256())
                .isEqualTo(saved.state().sha256());
        String whole = folder.resolve("a.keras").toString();
        KerasFile.save(whole, saved);
        SavedModel read = KerasFile.load(whole);
        assertThat(read.compile()).isEqualTo(saved.compile());
        assertThat(read.state().sha256()).isEqualTo(saved.state().sha256());
    }

    private List<List<Float>> written(Optimizer optimizer) {
        Path file = folder.resolve("a.weights.h5");
        KerasFile.saveWeights(file.toString(), saved(optimizer));
        return H5Group.read(file, "a", root -> {
            H5Group group = root.child("optimizer").child("vars");
            List<List<Float>> variables = new ArrayList<>();
            for (int i = 1; i < group.names().size(); i++) {
                H5Values values = group.values(Integer.toString(i));
                int size = 1;
                for (int dimension : values.shape()) {
                    size *= dimension;
                }
                FloatBuffer numbers = FloatBuffer.allocate(size);
                values.copyTo(numbers);
                List<Float> all = new ArrayList<>();
                for (float number : numbers.array()) {
                    all.add(number);
                }
                variables.add(all);
            }
            return variables;
        });
    }

    @Test
    void variables_areInKerasOrder() {
        List<Float> rate = List.of(0.001f);
        assertThat(written(Adagrad.of())).containsExactly(rate, List.of(0f, 1f), List.of(2f));
        assertThat(written(RMSprop.of().momentum(0.5)))
                .as("slot by slot")
                .containsExactly(rate, List.of(0f, 1f), List.of(2f), List.of(10f, 11f), List.of(12f));
        List<List<Float>> alternating = List.of(List.of(0f, 1f), List.of(10f, 11f), List.of(2f), List.of(12f));
        for (Optimizer optimizer : List.of(Adadelta.of(), Adamax.of())) {
            List<List<Float>> expected = new ArrayList<>(List.of(rate));
            expected.addAll(alternating);
            assertThat(written(optimizer)).isEqualTo(expected);
            assertThat(written(optimizer.learningRate(SCHEDULE)))
                    .as("without a learning rate")
                    .isEqualTo(alternating);
        }
        List<List<Float>> nadam = new ArrayList<>(alternating);
        nadam.add(List.of(PRODUCT));
        assertThat(written(Nadam.of().learningRate(SCHEDULE))).isEqualTo(nadam);
    }

    /** A file whose optimizer has these variables after iteration 2; the kernel's and bias's are zeros. */
    private Path file(Object... variables) {
        Path file = folder.resolve("b.weights.h5");
        float[][] kernel = new float[2][1];
        H5Output.write(file, h5 -> {
            WritableGroup layer = h5.putGroup("layers").putGroup("dense").putGroup("vars");
            layer.putDataset("0", kernel);
            layer.putDataset("1", new float[1]);
            WritableGroup optimizer = h5.putGroup("optimizer").putGroup("vars");
            optimizer.putDataset("0", 2L);
            for (int i = 0; i < variables.length; i++) {
                optimizer.putDataset(Integer.toString(i + 1), variables[i]);
            }
        });
        return file;
    }

    @Test
    void productOfMomenta_beforeTheSlots_isReadToo() {
        float[][] kernel = {{1}, {2}};
        float[][] other = {{3}, {4}};
        Path file = file(0.5f, PRODUCT, kernel, other, new float[] {5}, new float[] {6});
        TrainState state =
                KerasFile.loadWeights(file.toString(), fresh(Nadam.of())).state();
        assertThat(state.slot("momentum")).isEqualTo(FloatBuffer.wrap(new float[] {1, 2, 5}));
        assertThat(state.slot("velocity")).isEqualTo(FloatBuffer.wrap(new float[] {3, 4, 6}));
        assertThat(state.learningRate()).isEqualTo(0.5);
    }

    @Test
    void productOfMomenta_ofAnotherIteration_isRefused() {
        float[][] kernel = {{1}, {2}};
        Path file = file(0.5f, kernel, kernel, new float[] {5}, new float[] {6}, 0.9f);
        assertThatThrownBy(() -> KerasFile.loadWeights(file.toString(), fresh(Nadam.of())))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("optimizer/vars/6: Nadam's product of momenta is 0.9, not ")
                .hasMessageContaining(" as after iteration 2");
    }
}
