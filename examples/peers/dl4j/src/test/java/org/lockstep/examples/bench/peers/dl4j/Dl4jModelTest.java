package org.lockstep.examples.bench.peers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.examples.bench.side.BenchModel;

class Dl4jModelTest {

    @ParameterizedTest
    @EnumSource(BenchModel.class)
    void of_everyModel_hasAsManyParametersAsOurs(BenchModel model) {
        MultiLayerNetwork network = new MultiLayerNetwork(Dl4jModel.of(model));
        network.init();

        assertThat(network.numParams()).isEqualTo(model.network().countParams());
    }
}
