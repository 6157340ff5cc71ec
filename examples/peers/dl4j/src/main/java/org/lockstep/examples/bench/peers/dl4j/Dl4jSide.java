package org.lockstep.examples.bench.peers.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.model.Functional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's {@code MultiLayerNetwork.fit}, or for a graph {@code ComputationGraph.fit}, of one batch after another, with
 * everything as it is shipped. A round has a tenth of the steps, as each takes many times longer than the other sides'.
 */
final class Dl4jSide implements Side {

    private static final int SHARE = 10;

    private final Workload workload;
    private final Network network;
    private final List<DataSet> batches = new ArrayList<>();

    /** What is used of DL4J's two networks, which share no type that trains. */
    private record Network(Class<?> type, Consumer<DataSet> fit, UnaryOperator<INDArray> output, Runnable close) {

        static Network of(BenchModel model) {
            if (model.network() instanceof Functional) {
                ComputationGraph graph = new ComputationGraph(Dl4jModel.graph(model));
                graph.init();
                return new Network(ComputationGraph.class, graph::fit, x -> graph.outputSingle(x), graph::close);
            }
            MultiLayerNetwork stack = new MultiLayerNetwork(Dl4jModel.stack(model));
            stack.init();
            return new Network(MultiLayerNetwork.class, stack::fit, stack::output, stack::close);
        }
    }

    Dl4jSide(Workload workload) {
        this.workload = workload;
        network = Network.of(workload.model());
        int steps = Math.max(1, workload.steps() / SHARE);
        for (int step = 0; step < steps; step++) {
            int from = step * workload.batch();
            batches.add(Dl4jData.of(Images.training(workload, from, from + workload.batch())));
        }
    }

    @Override
    public String description() {
        return "%s of %s, %s, OMP_NUM_THREADS=%s"
                .formatted(
                        network.type().getSimpleName(),
                        Dl4jData.jar(network.type()),
                        Dl4jData.jar(Nd4j.getBackend().getClass()),
                        System.getenv("OMP_NUM_THREADS"));
    }

    @Override
    public Round round() {
        long start = System.nanoTime();
        batches.forEach(network.fit());
        return new Round((System.nanoTime() - start) * 1e-9, (long) batches.size() * workload.batch());
    }

    @Override
    public double accuracy() {
        if (!Images.haveMeaning(workload.model())) {
            return Double.NaN;
        }
        DataSet samples = Dl4jData.of(Images.heldOut(workload));
        return Dl4jData.accuracy(network.output().apply(samples.getFeatures()), samples);
    }

    @Override
    public void close() {
        network.close().run();
    }
}
