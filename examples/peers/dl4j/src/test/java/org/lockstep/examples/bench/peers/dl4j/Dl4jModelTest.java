package org.lockstep.examples.bench.peers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.model.Functional;

class Dl4jModelTest {

    @ParameterizedTest
    @EnumSource(BenchModel.class)
    void everyModel_hasAsManyParametersAsOurs(BenchModel model) {
        assertThat(parameters(model)).isEqualTo(model.network().countParams());
    }

    private static long parameters(BenchModel model) {
        if (model.network() instanceof Functional) {
            ComputationGraph graph = new ComputationGraph(Dl4jModel.graph(model));
            graph.init();
            return graph.numParams();
        }
        MultiLayerNetwork stack = new MultiLayerNetwork(Dl4jModel.stack(model));
        stack.init();
        return stack.numParams();
    }
}
