package org.lockstep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;

class FunctionalTest {

    private final Input input = Input.of(4);

    private static List<String> names(Model model) {
        return model.layers().stream().map(Layer::name).toList();
    }

    @Test
    void of_equalLayers_areTwoLayers() {
        Model model =
                Model.of(input, Add.of().on(Dense.of(3).on(input), Dense.of(3).on(input)));

        assertThat(names(model)).containsExactly("input_layer", "dense", "dense_1", "add");
        assertThat(model.countParams()).isEqualTo(2 * 15);
    }

    @Test
    void of_sameLayerTwice_isOneLayerWithTwoCalls() {
        Dense shared = Dense.of(4);

        Model model = Model.of(input, Add.of().on(shared.on(input), shared.on(shared.on(input))));

        assertThat(names(model)).containsExactly("input_layer", "dense", "add");
        assertThat(model.calls())
                .containsExactly(
                        new LayerCall(1, List.of(0)),
                        new LayerCall(1, List.of(0)),
                        new LayerCall(1, List.of(2)),
                        new LayerCall(2, List.of(1, 3)));
        assertThat(model.countParams()).isEqualTo(20);
    }

    @Test
    void of_layersCalledBackToFront_areNamedInTheOrderOfCallsAndListedFromTheInput() {
        KerasTensor long1 = Dense.of(4).on(input);
        KerasTensor long2 = Dense.of(4).on(long1);
        KerasTensor brief = Dense.of(4).on(input);

        Model model = Model.of(input, Add.of().on(brief, long2));

        assertThat(names(model)).containsExactly("input_layer", "dense", "dense_2", "dense_1", "add");
        assertThat(model.outputShape()).isEqualTo(Shape.batchOf(4));
        assertThat(model.layer("dense_2")).isInstanceOf(Dense.class);
    }

    @Test
    void of_chain_hasTheWeightsOfTheSequentialModel() {
        Functional chain =
                Model.of(input, Dense.of(2).on(Dropout.of(0.5).on(Dense.of(3).on(input))));
        Sequential stack = Sequential.of(input, Dense.of(3), Dropout.of(0.5), Dense.of(2));

        assertThat(chain.layout().slots().stream().map(WeightLayout.Slot::path))
                .isEqualTo(stack.layout().slots().stream()
                        .map(WeightLayout.Slot::path)
                        .toList());
        assertThat(chain.shapes()).isEqualTo(stack.shapes());
        assertThat(chain.name()).isEqualTo("functional");
        assertThat(chain.name("other").input()).isEqualTo(input.name("input_layer"));
    }

    @Test
    void dtype_ofGraph_isThatOfAllLayersButTheInput() {
        Functional model =
                Model.of(input, Dense.of(2).on(Dense.of(3).on(input))).dtype("mixed_bfloat16");

        assertThat(model.layers().stream().map(layer -> layer.conf().dtype()))
                .containsExactly(DTypePolicy.FLOAT32, DTypePolicy.MIXED_BFLOAT16, DTypePolicy.MIXED_BFLOAT16);
    }

    @Test
    void of_deepGraph_doesNotRunOutOfStack() {
        KerasTensor x = input;
        for (int i = 0; i < 5_000; i++) {
            x = Dropout.of(0.5).on(x);
        }

        assertThat(Model.of(input, x).layers()).hasSize(5_001);
    }

    @Test
    void of_whatIsNoModel_isRefused() {
        KerasTensor x = Dense.of(3).on(input);
        Input other = Input.of(4).name("other");

        assertThatThrownBy(() -> Model.of(other, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Graph disconnected: cannot find parent for tensor")
                .hasMessageContaining("at operation 'dense'");
        assertThatThrownBy(() -> Model.of(x, Dense.of(3).on(x)))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("`inputs` must be an Input");
        assertThatThrownBy(() -> Model.of(input, input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its output must come out of a layer");
        assertThatThrownBy(() -> Model.of(List.of(input, other), List.of(x)))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("Invalid `inputs`: models with several are not supported yet.");
        assertThatThrownBy(() -> Model.of(List.of(input), List.of())).hasMessage("`outputs` argument cannot be empty.");
        assertThatThrownBy(() -> input.on(x)).hasMessageStartingWith("Cannot call an Input");
    }

    @Test
    void of_wrongNamesAndSharing_areRefused() {
        assertThatThrownBy(() -> Model.of(
                        input,
                        Add.of()
                                .on(
                                        Dense.of(3).name("a").on(input),
                                        Dense.of(3).name("a").on(input))))
                .hasMessage("The name \"a\" is used 2 times in the model. All operation names should be unique.");
        Dense shared = Dense.of(3);
        assertThatThrownBy(() -> Model.of(input, shared.on(shared.on(input))))
                .hasMessageStartingWith("Layer \"dense\" is called on inputs of different shapes");
        BatchNormalization normalization = BatchNormalization.of();
        assertThatThrownBy(() -> Model.of(input, normalization.on(normalization.on(input))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessage(
                        "Cannot call layer \"batch_normalization\" 2 times: sharing a layer with moving statistics is not supported");
        BatchNormalization frozen = normalization.trainable(false);
        assertThat(Model.of(input, frozen.on(frozen.on(input))).countParams()).isEqualTo(16);
    }

    @Test
    void constructor_ofBrokenGraph_isRefused() {
        List<Layer> layers = List.of(input.name("i"), Dense.of(4).name("a"));

        assertThatThrownBy(() -> new Functional("m", layers, List.of(new LayerCall(1, List.of(1)))))
                .hasMessageStartingWith("Invalid `calls`: call 0 must");
        assertThatThrownBy(() -> new Functional("m", layers, List.of(new LayerCall(2, List.of(0)))))
                .hasMessageStartingWith("Invalid `calls`: call 0 must");
        assertThatThrownBy(() -> new Functional("m", layers, List.of())).hasMessageStartingWith("Invalid `calls`");
        assertThatThrownBy(() -> new Functional(
                        "m", layers, List.of(new LayerCall(1, List.of(0)), new LayerCall(1, List.of(0)))))
                .hasMessageContaining("Unread tensors: [1]");
        assertThatThrownBy(() -> new Functional("m", layers.subList(1, 2), List.of()))
                .hasMessageStartingWith("Invalid `layers`: the first must be an Input");
        assertThatThrownBy(() -> new Functional(
                        "m", List.of(input.name("i"), Dense.of(4)), List.of(new LayerCall(1, List.of(0)))))
                .hasMessageStartingWith("Invalid `layers`: each must have a name");
    }

    @Test
    void on_inputThatDoesNotFit_isRefusedAtTheCall() {
        assertThatThrownBy(() -> Conv2D.of(1, 3).on(input)).hasMessageContaining("expected ndim=4, found ndim=2");
    }
}
