package org.lockstep.examples.bench.peers.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

class PytorchSideTest {

    /** What is measured is a training: names by chance are right in a tenth. */
    @Test
    void lenet_afterSomeRounds_namesDigits() {
        Workload workload = new Workload(BenchModel.LENET, 32, 40, 1);
        try (Side side = new PytorchProvider().start(workload)) {
            Round round = side.round();
            side.round();

            assertThat(round.images()).isEqualTo(40 * 32);
            assertThat(side.accuracy()).isGreaterThan(0.4);
            assertThat(side.description()).startsWith("pytorch-2.10.0").contains("1 thread(s)");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = BenchModel.class,
            names = {"RESNET20", "MOBILENET"})
    void normalizedNetworks_afterARound_haveAFiniteLoss(BenchModel model) {
        try (Side side = new PytorchProvider().start(new Workload(model, 4, 2, 1))) {
            assertThat(side.round().images()).isEqualTo(8);
            assertThat(side.accuracy()).isNaN();
        }
    }
}
