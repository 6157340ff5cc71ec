package org.lockstep.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;

class NetworksTest {

    private static final Sequential MODEL = Sequential.of(Dense.of(1)).build(2);
    private static final CompileConf CONF = CompileConf.of("sgd", "mse");

    @Test
    void describe_namesVersionInstructionSetAndThreads() {
        assertThat(Networks.describe(ClusterConf.Engine.ONEDNN, 3))
                .matches("engine oneDNN 3\\.\\d+\\.\\d+, .+, 3 thread\\(s\\)");
    }

    @Test
    void create_laysWeightsOutLikeTheModel() {
        try (Network network = Networks.create(ClusterConf.Engine.ONEDNN, MODEL, CONF, 1)) {
            assertThat(network.layout()).isEqualTo(MODEL.layout());
        }
    }

    @Test
    void noThreads_areRefused() {
        assertThatThrownBy(() -> Networks.create(ClusterConf.Engine.ONEDNN, MODEL, CONF, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `threads`: must be positive. Received: 0");
    }
}
