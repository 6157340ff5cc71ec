package org.lockstep.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

class ResidentRunsTest {

    private static RunOrder order(String runId) {
        return new RunOrder(
                runId,
                Sequential.of(Input.of(2), Dense.of(1)),
                CompileConf.of("sgd", "mse"),
                ClusterConf.of().engine(),
                ClusterConf.of().threadsPerShard(),
                List.of(),
                new BatchOrder(1, 0, false),
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
    }

    @Test
    void endIdle_nobodyHasWorkedThere_endsTheRunAndOneThatGoesOnBeginsAnew() {
        Workplace forgotten = ResidentRuns.workplace(order("forgotten"));
        ResidentRuns.endIdle(Duration.ofHours(1));
        assertThat(ResidentRuns.workplace(order("forgotten"))).isSameAs(forgotten);
        ResidentRuns.endIdle(Duration.ZERO);
        assertThatThrownBy(forgotten::borrowNetwork).hasMessage("Cannot work on run forgotten: it has ended");
        assertThat(ResidentRuns.workplace(order("forgotten"))).isNotSameAs(forgotten);
        ResidentRuns.end("forgotten");
    }

    @Test
    void endIdle_aTaskIsAtWork_leavesTheRun() {
        Workplace place = ResidentRuns.workplace(order("at work"));
        Network network = place.borrowNetwork();
        ResidentRuns.endIdle(Duration.ZERO);
        assertThat(ResidentRuns.workplace(order("at work"))).isSameAs(place);
        place.giveBack(network);
        Network failed = place.borrowNetwork();
        place.discard(failed);
        ResidentRuns.endIdle(Duration.ZERO);
        assertThatThrownBy(place::borrowNetwork).hasMessageContaining("it has ended");
    }
}
