package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.data.array.ArraySource;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.Worker;
import org.lockstep.executor.worker.Workplace;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;

/** Whole steps of models that pause, by workers in one JVM and by executors over loopback. */
@Timeout(120)
class PausingWorkersTest {

    private static final int SHARDS = 5;
    private static final int BATCH = 8;
    private static final int BATCHES = 4;

    /** The last batch leaves two shards without a sample. */
    private static final int SAMPLES = BATCH * (BATCHES - 1) + 3;

    private static final Sequential MODEL = Sequential.of(
            Input.of(6, 6, 2),
            Conv2D.of(6, 3).useBias(false),
            BatchNormalization.of().isSynchronized(true),
            ActivationLayer.of("relu"),
            Flatten.of(),
            Dense.of(7),
            BatchNormalization.of().center(false).isSynchronized(true),
            Dense.of(3).activation("softmax"));

    private static RunOrder order() {
        Random random = new Random(5);
        float[] x = new float[SAMPLES * 72];
        float[] y = new float[SAMPLES];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = random.nextInt(3);
        }
        ArraySource data =
                ArraySource.of(Tensor.of(new int[] {SAMPLES, 6, 6, 2}, x), Tensor.of(new int[] {SAMPLES}, y));
        List<Shard> shards = IntStream.range(0, SHARDS)
                .mapToObj(shard -> data.shard(shard, SHARDS))
                .toList();
        return new RunOrder(
                "pausing",
                MODEL,
                new CompileConf(Adam.of().clipnorm(0.5), Loss.of("sparse_categorical_crossentropy"), List.of()),
                ClusterConf.Engine.ONEDNN,
                1,
                shards,
                new BatchOrder(BATCH, 1, true),
                List.of(Window.of(0, BATCHES)),
                1,
                InputConf.of(),
                null,
                false);
    }

    private static Network network(RunOrder order) {
        return Networks.create(order.engine(), order.model(), order.compile(), order.threads());
    }

    private static Map<String, Party.Form> forms() {
        Map<String, Party.Form> forms = new LinkedHashMap<>();
        for (int workers = 1; workers <= 4; workers++) {
            forms.put(workers + " in memory", Party.memory(workers));
        }
        for (Integer[] sizes : new Integer[][] {{1}, {1, 1}, {2, 1}, {1, 1, 1}, {1, 2, 1}, {1, 1, 1, 1}}) {
            forms.put(Arrays.toString(sizes) + " over the network", Party.network(sizes));
            forms.put(Arrays.toString(sizes) + " over sockets", Party.sockets(sizes));
        }
        return forms;
    }

    @Test
    void steps_ofAnyFormAndNumberOfWorkers_giveTheSameBits() throws Exception {
        List<String> hashes = new ArrayList<>();
        for (Map.Entry<String, Party.Form> form : forms().entrySet()) {
            RunOrder order = order();
            TrainState begin = TrainState.initial(MODEL, order.compile().optimizer(), 7);
            try (Party party = form.getValue().of(MODEL, order.compile().optimizer(), SHARDS, begin);
                    Workplace place = new Workplace(order, () -> network(order))) {
                List<Object> ends = party.all((worker, exchange) -> run(place, party, worker, exchange));
                assertThat(ends)
                        .as(form.getKey())
                        .allSatisfy(
                                end -> assertThat(((SegmentEnd) end).reason()).isEqualTo(SegmentEnd.Reason.DONE));
                hashes.add(party.state().sha256());
            }
        }
        assertThat(hashes).containsOnly(hashes.get(0));
    }

    private static SegmentEnd run(Workplace place, Party party, int worker, Exchange exchange) throws Exception {
        RunOrder order = place.order();
        Segment segment = new Segment(order.windows().get(0), 0, BATCHES);
        ShardRange owned = order.tree().owned(worker, party.workers());
        return Worker.run(place, segment, worker, owned, exchange, (report, state) -> true);
    }

    /** A shard whose batches do not fit the model fails while the other workers wait at the first pause. */
    @Test
    void failureOfAShard_endsAllThatPause() throws Exception {
        for (Map.Entry<String, Party.Form> form : forms().entrySet()) {
            RunOrder good = order();
            List<Shard> shards = new ArrayList<>(good.shards());
            shards.set(
                    SHARDS - 1,
                    ArraySource.of(Tensor.zeros(SAMPLES, 5, 6, 2), Tensor.zeros(SAMPLES))
                            .shard(SHARDS - 1, SHARDS));
            RunOrder order = new RunOrder(
                    "failing",
                    MODEL,
                    good.compile(),
                    good.engine(),
                    1,
                    shards,
                    good.batches(),
                    good.windows(),
                    1,
                    good.input(),
                    null,
                    false);
            TrainState begin = TrainState.initial(MODEL, order.compile().optimizer(), 7);
            try (Party party = form.getValue().of(MODEL, order.compile().optimizer(), SHARDS, begin);
                    Workplace place = new Workplace(order, () -> network(order))) {
                List<Object> ends = party.all((worker, exchange) -> run(place, party, worker, exchange));
                assertThat(ends)
                        .as(form.getKey())
                        .allSatisfy(end -> assertThat((Throwable) end)
                                .hasMessageContaining("Cannot train on batch 0 of epoch 1 of shard 4"));
                assertThat(party.state().sha256()).as(form.getKey()).isEqualTo(begin.sha256());
            }
        }
    }
}
