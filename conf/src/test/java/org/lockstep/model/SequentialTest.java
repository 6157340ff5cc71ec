package org.lockstep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Shape;

class SequentialTest {

    @Test
    void of_unnamedLayers_namesThemAsKerasDoes() {
        Sequential model = Sequential.of(
                Input.of(8, 8, 1), Conv2D.of(2, 3), Conv2D.of(2, 3), MaxPooling2D.of(), Flatten.of(), Dense.of(1));

        assertThat(model.layers().stream().map(Layer::name))
                .containsExactly("conv2d", "conv2d_1", "max_pooling2d", "flatten", "dense");
        assertThat(model.name()).isEqualTo("sequential");
        assertThat(model.outputShape()).isEqualTo(Shape.batchOf(1));
    }

    @Test
    void of_namesThatAreTaken_skipsThem() {
        Sequential model = Sequential.of(
                Dense.of(1),
                Dense.of(1).name("dense_1"),
                Dense.of(1),
                Dense.of(1).name("x"));

        assertThat(model.layers().stream().map(Layer::name)).containsExactly("dense", "dense_1", "dense_2", "x");
    }

    @Test
    void of_inputShapeOnTheFirstLayer_isTheModelWithAnInput() {
        assertThat(Sequential.of(Conv2D.of(2, 3).inputShape(8, 8, 1), Flatten.of()))
                .isEqualTo(Sequential.of(Input.of(8, 8, 1), Conv2D.of(2, 3), Flatten.of()));
    }

    @Test
    void build_ofUnbuilt_givesItsShapes() {
        Sequential model = Sequential.of(Dense.of(3), Dense.of(2));

        assertThat(model.isBuilt()).isFalse();
        assertThat(model.build(4).outputShapes()).containsExactly(Shape.batchOf(3), Shape.batchOf(2));
        assertThat(model.build(4).build(4)).isEqualTo(model.build(4));
        assertThatThrownBy(model::inputShape).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.build(4).build(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected shape=(None, 4), found shape=(None, 5)");
    }

    @Test
    void of_wrongLayers_isRefused() {
        assertThatThrownBy(Sequential::of).hasMessageContaining("it has no layers");
        assertThatThrownBy(
                        () -> Sequential.of(Dense.of(1).name("a"), Dense.of(1).name("a")))
                .hasMessageContaining("Name \"a\" is already the name of a layer in this model");
        assertThatThrownBy(() -> Sequential.of(Dense.of(1), Input.of(3))).hasMessageContaining("Cannot add an Input");
        assertThatThrownBy(() -> Sequential.of(Input.of(4, 4, 1), Conv2D.of(1, 5)))
                .hasMessageContaining("Computed output size would be zero or negative");
        assertThatThrownBy(() -> Sequential.of(Dense.of(1)).layer("b"))
                .hasMessage("No such layer: b. Existing layers are: [dense].");
        assertThatThrownBy(() -> Dense.of(1).name("a/b"))
                .hasMessage("Argument `name` must be a string and cannot contain character `/`. Received: name=a/b");
    }

    @Test
    void layout_putsTrainableThenMovingThenFrozen() {
        WeightLayout layout = Sequential.of(
                        Input.of(2),
                        Dense.of(3).trainable(false).name("frozen"),
                        BatchNormalization.of().name("norm"),
                        Dense.of(1).name("out"))
                .layout();

        assertThat(layout.slots().stream().map(slot -> slot.path() + "@" + slot.offset()))
                .containsExactly(
                        "frozen/kernel@16",
                        "frozen/bias@22",
                        "norm/gamma@0",
                        "norm/beta@3",
                        "norm/moving_mean@10",
                        "norm/moving_variance@13",
                        "out/kernel@6",
                        "out/bias@9");
        assertThat(layout.trainableLength()).isEqualTo(10);
        assertThat(layout.movingLength()).isEqualTo(6);
        assertThat(layout.gradientLength()).isEqualTo(16);
        assertThat(layout.length()).isEqualTo(25);
        assertThat(layout.ofLayer(1)).hasSize(4);
    }
}
