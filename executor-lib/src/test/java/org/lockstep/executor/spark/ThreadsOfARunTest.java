package org.lockstep.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Tensor;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

class ThreadsOfARunTest {

    private static final Sequential MODEL = Sequential.of(Dense.of(2).inputShape(3));

    private static RunOrder order(int threads) {
        return new RunOrder(
                "threads " + threads,
                MODEL,
                CompileConf.of("sgd", "mse"),
                ClusterConf.Engine.ONEDNN,
                threads,
                List.of(),
                new BatchOrder(1, 0, false),
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
    }

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
    }
}
