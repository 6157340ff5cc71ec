package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.model.Functional;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Graphs in job files against the same ones made by calls. */
class JobGraphTest {

    private static final String GRAPH = """
            model:
              name: joined
              layers:
                - Input: {shape: [6, 6, 2], name: image}
                - Conv2D: {filters: 2, kernel_size: 3, padding: same, name: tower}
                - call: tower
                  as: twice
                - Add:
                  inputs: [image, twice, tower]
                - {class_name: BatchNormalization, config: {synchronized: true}, as: sum}
                - Flatten
                - Dense: {units: 3, name: first}
                - Flatten: {}
                  inputs: sum
                - Dense: {units: 4}
                  as: second
                - Concatenate:
                  inputs: [first, second]
            """;
    private static final String REST = """
            compile: {optimizer: sgd, loss: mse}
            data: {train: {digits: {samples: 100}}}
            """;

    private static Model read(String model) {
        return JobFile.parse(model + REST, null).model();
    }

    private static Functional joined() {
        Input image = Input.of(6, 6, 2).name("image");
        Conv2D tower = Conv2D.of(2, 3).padding("same").name("tower");
        KerasTensor once = tower.on(image);
        KerasTensor sum =
                BatchNormalization.of().isSynchronized(true).on(Add.of().on(image, tower.on(once), once));
        KerasTensor first = Dense.of(3).name("first").on(Flatten.of().on(sum));
        return Model.of(
                        image,
                        Concatenate.of().on(first, Dense.of(4).on(Flatten.of().on(sum))))
                .name("joined");
    }

    @Test
    void layersWithInputs_areAGraph() {
        assertThat(read(GRAPH)).isEqualTo(joined());
    }

    @Test
    void layersWithout_areAStack() {
        assertThat(read("model: {layers: [Input: {shape: [4]}, Dense: {units: 2}]}\n"))
                .isEqualTo(Sequential.of(Input.of(4), Dense.of(2)));
    }

    @Test
    void dtype_ofTheModel_isThatOfItsLayers() {
        Model model = read(
                GRAPH.replace("name: joined", "dtype: mixed_bfloat16").replace("units: 4", "units: 4, dtype: float32"));
        assertThat(model.layers().subList(1, model.layers().size()))
                .extracting(layer -> layer.conf().dtype())
                .containsOnlyOnce(DTypePolicy.FLOAT32)
                .containsOnly(DTypePolicy.FLOAT32, DTypePolicy.MIXED_BFLOAT16);
    }

    /** What Keras wrote of a model, as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet20.json", "every_merge.json", "lenet.json"})
    void modelOfKerass_isRead(String name) {
        String json = Fixture.text(name);
        assertThat(read("model: " + json.strip() + "\n")).isEqualTo(KerasJson.fromJson(json));
    }

    @Test
    void example_isAResidualNetwork() {
        Model model = JobFile.read(Path.of("..", "examples", "digits", "residual.yaml"))
                .model();
        assertThat(model).isInstanceOf(Functional.class);
        assertThat(model.layers()).filteredOn(Add.class::isInstance).hasSize(2);
        assertThat(model.outputShape().sampleSize()).isEqualTo(10);
    }

    /** What each line changes in the graph, and what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            twice, tower]     | twic, tower]      | layers[3]: Invalid `inputs`: must be a name given before. Received: 'twic'. Did you mean `twice`?
            [image, twice, tower] | [first]       | layers[3]: Invalid `inputs`: must be a name given before. Received: 'first'.
            [image, twice, tower] | []            | layers[3]: Invalid `inputs`: must name what the layer reads. Received: []
            [image, twice, tower] | 3             | layers[3]: Invalid `inputs`: must be a list. Received: 3
            inputs: sum       | inputs: [sum, sum] | layers[7]: Invalid `inputs`: layer Flatten reads one tensor. Received: 2 of them
            inputs: sum       | input: sum        | layers[7]: Invalid layer: must be one class name with its arguments
            as: twice         | at: twice         | layers[2]: Unrecognized keyword arguments passed to layer: {'at': 'twice'}.
            call: tower       | call: towers      | layers[2]: Invalid `call`: must be a name given before. Received: 'towers'. Did you mean `tower`?
            as: twice         | as: tower         | layers[2]: The name "tower" is used 2 times in the model
            name: first       | name: tower       | layers[6]: The name "tower" is used 2 times in the model
            [first, second]   | [second]          | Invalid `layers`: each but the last must be read by one after it. Unread: [first]
            - Input: {shape: [6, 6, 2], name: image} | - Rescaling: {scale: 2, name: image} | layers[0]: Invalid layer: the first of a graph must be an Input
            - Dense: {units: 3, name: first} | - Input: {shape: [6], name: first} | layers[6]: Cannot call an Input
            Add:              | Dense: {units: 2} | layers[3]: Invalid `inputs`: layer Dense reads one tensor. Received: 3 of them
            units: 3,         | units: 0,         | layers[6]: Received an invalid value for `units`
            """)
    void mistake_isNamedWithItsPlace(String good, String bad, String message) {
        assertThat(GRAPH).contains(good);

        assertThatThrownBy(() -> read(GRAPH.replace(good, bad)))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageStartingWith("model: ")
                .hasMessageContaining(message);
    }
}
