package org.lockstep.examples.bench.peers.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's {@code MultiLayerNetwork.fit} of one batch after another, with everything as it is shipped. A round has a tenth of
 * the steps, as each takes many times longer than the other sides'.
 */
final class Dl4jSide implements Side {

    private static final int SHARE = 10;

    private final Workload workload;
    private final MultiLayerNetwork network;
    private final List<DataSet> batches = new ArrayList<>();

    Dl4jSide(Workload workload) {
        this.workload = workload;
        network = new MultiLayerNetwork(Dl4jModel.of(workload.model()));
        network.init();
        int steps = Math.max(1, workload.steps() / SHARE);
        for (int step = 0; step < steps; step++) {
            int from = step * workload.batch();
            batches.add(Dl4jData.of(Images.training(workload, from, from + workload.batch())));
        }
    }

    @Override
    public String description() {
        return "MultiLayerNetwork of %s, %s, OMP_NUM_THREADS=%s"
                .formatted(
                        Dl4jData.jar(MultiLayerNetwork.class),
                        Dl4jData.jar(Nd4j.getBackend().getClass()),
                        System.getenv("OMP_NUM_THREADS"));
    }

    @Override
    public Round round() {
        long start = System.nanoTime();
        batches.forEach(network::fit);
        return new Round((System.nanoTime() - start) * 1e-9, (long) batches.size() * workload.batch());
    }

    @Override
    public double accuracy() {
        if (!Images.haveMeaning(workload.model())) {
            return Double.NaN;
        }
        DataSet samples = Dl4jData.of(Images.heldOut(workload));
        return Dl4jData.accuracy(network.output(samples.getFeatures()), samples);
    }

    @Override
    public void close() {
        network.close();
    }
}
