package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** Files that {@code h5py_fixtures.py} made: unusual ones are read, damaged and foreign ones are refused by name. */
class WeightsFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "latest", "doubles", "big_endian", "int32"})
    void kerasLayout_isRead(String name) {
        float[] weights = new float[8];
        load(name).weights().get(weights);
        assertThat(weights).containsExactly(0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 0.1f, -0.5f);
    }

    @Test
    void optimizer_isRead() {
        TrainState state = load("int32");
        assertThat(state.iterations()).isEqualTo(3);
        assertThat(state.learningRate()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            halves            | layers/dense/vars/0 | must be float32 or float64. Received: FloatingPoint of 2 bytes
            integers          | layers/dense/vars/0 | must be float32 or float64. Received: FixedPoint of 4 bytes
            compressed        | layers/dense/vars/0 | must be stored in one piece as Keras does. Received: CHUNKED
            huge              | layers/dense/vars   | not readable as HDF5
            soft_link         | layers/dense/vars/0 | links to other places are not read
            external_link     | layers/dense/vars/0 | links to other places are not read
            external_data     | layers/dense/vars   | not readable as HDF5
            never_written     | layers/dense/vars/0 | its 24 bytes are not in the file
            virtual           | layers/dense/vars   | not readable as HDF5
            soft_group        | layers              | links to other places are not read
            missing_layers    | its root            | no group "layers"
            misnamed          | layers/dense/vars   | no dataset "1"
            group_for_data    | layers/dense/vars/0 | must be a dataset
            data_for_group    | layers              | must be a group
            iteration_float   | optimizer/vars/0    | must be int32 or int64. Received: FloatingPoint of 4 bytes
            iteration_array   | optimizer/vars/0    | must be a scalar. Received shape: [1]
            iteration_negative| optimizer/vars      | iteration -1 and learning rate 0.5 must be finite and not negative
            rate_nan          | optimizer/vars      | iteration 3 and learning rate NaN must be finite and not negative
            """)
    void badFile_isNamedWithPlaceAndReason(String name, String place, String reason) {
        assertThatThrownBy(() -> load(name))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith("Cannot read " + path(name) + " at " + place + ": " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing_layer | layers/dense: Layer 'd' expected 2 variables, but received 0 variables during loading. Expected: [kernel, bias]
            missing_bias  | layers/dense: Layer 'd' expected 2 variables, but received 1 variables during loading. Expected: [kernel, bias]
            wrong_shape   | layers/dense/vars/0: d/kernel must have shape [3, 2]. Received: [2, 3]
            """)
    void fileOfAnotherModel_isRefusedWithLayerAndVariable(String name, String message) {
        assertThatThrownBy(() -> load(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read " + path(name) + " at " + message);
    }

    @Test
    void refusedFile_leavesTheStateAlone() {
        SavedModel into = model();
        String before = into.state().sha256();
        assertThatThrownBy(() -> KerasFile.loadWeights(path("rate_nan"), into)).isInstanceOf(BadDataException.class);
        assertThat(into.state().sha256()).isEqualTo(before);
    }

    private static TrainState load(String name) {
        return KerasFile.loadWeights(path(name), model()).state();
    }

    private static String path(String name) {
        return Fixtures.path("h5/" + name + ".weights.h5");
    }

    private static SavedModel model() {
        Sequential model = Sequential.of(Input.of(3), Dense.of(2).name("d"));
        SGD sgd = SGD.of();
        CompileConf compile = CompileConf.of(sgd, Loss.of("mse"));
        return new SavedModel(model, compile, TrainState.create(model.layout(), sgd));
    }
}
