package org.lockstep.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
<<<<<<< HEAD
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
=======

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
>>>>>>> 1545ded (Cluster: threads_per_shard; slots are cores by the threads of a task, and a resumed run keeps its number)
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
<<<<<<< HEAD
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
=======
import org.lockstep.data.Tensor;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

class ResidentRunsTest {

    private static final Sequential MODEL = Sequential.of(Dense.of(2).inputShape(3));

    private static RunOrder order(int threads) {
        return new RunOrder(
                "threads " + threads,
                MODEL,
                CompileConf.of("sgd", "mse"),
                ClusterConf.Engine.ONEDNN,
                threads,
>>>>>>> 1545ded (Cluster: threads_per_shard; slots are cores by the threads of a task, and a resumed run keeps its number)
                List.of(),
                new BatchOrder(1, 0, false),
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
    }

<<<<<<< HEAD
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
=======
    /** What this thread's parallel regions would use, by any OpenMP runtime in this process. */
    private static List<Integer> openMpThreads() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("libgomp"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .map(file ->
                            Function.getFunction(file, "omp_get_max_threads").invokeInt(new Object[0]))
                    .toList();
        }
    }

    @Test
    void threadsOfTheOrder_reachTheEngine() throws Exception {
        TrainState state = TrainState.initial(MODEL, SGD.of(), 0);
        for (int threads : new int[] {3, 5}) {
            RunOrder order = order(threads);
            try {
                ResidentRuns.workplace(order).lend(network -> network.predict(Tensor.zeros(4, 3), state.weights()));
                assertThat(openMpThreads()).contains(threads);
            } finally {
                ResidentRuns.end(order.runId());
            }
        }
>>>>>>> 1545ded (Cluster: threads_per_shard; slots are cores by the threads of a task, and a resumed run keeps its number)
    }
}
