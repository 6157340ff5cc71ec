package org.lockstep.examples.bench.peers.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

class TorchModelTest {

    @ParameterizedTest
    @EnumSource(BenchModel.class)
    void everyModel_trainsAsManyNumbersAsOurs(BenchModel model) {
        TorchModel network = new TorchModel(model.network(), torch.MemoryFormat.Contiguous);

        Tensor logits = network.logits(torch.ones(2, model.channels(), model.edge(), model.edge()));

        assertThat(logits.size(0)).isEqualTo(2);
        assertThat(logits.size(1)).isEqualTo(BenchModel.CLASSES);
        TensorVector parameters = network.parameters();
        long count = 0;
        for (long i = 0; i < parameters.size(); i++) {
            count += parameters.get(i).numel();
        }
        assertThat(count).isEqualTo(model.network().layout().trainableLength());
    }

    /** A penalty of 1e-4 · Σw² has the gradient 2e-4 · w. */
    @Test
    void weightDecay_isTwiceThePenaltysFactor() {
        assertThat(decay(BenchModel.RESNET20)).isEqualTo(2e-4);
        assertThat(decay(BenchModel.VGG)).isZero();
    }

    private static double decay(BenchModel model) {
        return new TorchModel(model.network(), torch.MemoryFormat.Contiguous).weightDecay();
    }

    @Test
    void unknownActivation_isRefusedByName() {
        Sequential network = Sequential.of(
                Input.of(8, 8, 1), Conv2D.of(2, 3).activation("gelu").name("wavy"));

        assertThatThrownBy(() -> new TorchModel(network, torch.MemoryFormat.Contiguous))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write wavy for PyTorch: activation `gelu` is not known");
    }
}
