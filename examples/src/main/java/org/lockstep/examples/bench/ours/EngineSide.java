package org.lockstep.examples.bench.ours;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.StepKey;
import org.lockstep.losses.Loss;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;

/**
 * Lockstep's engine in one thread, without Spark: forward, backward, average and update, on batches in memory. All threads
 * of the workload are inside the network's calls.
 */
public final class EngineSide implements Side {

    private static final ClusterConf.Engine ENGINE = ClusterConf.Engine.ONEDNN;
    /** SGD without anything. */
    public static final SGD SGD_ALONE = SGD.of().learningRate(Workload.LEARNING_RATE);

    private final Workload workload;
    private final List<Batch> batches;
    private final Batch heldOut;
    private final Network network;
    private final CanonicalTree tree = new CanonicalTree(1);
    private final MemoryExchange exchange;
    private final FloatBuffer gradient;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final JvmWatch watch = new JvmWatch();
    private final String dtype;
    private final Optimizer optimizer;
    private int epoch;

    /** The engine in 32-bit floats. */
    public EngineSide(Workload workload) {
        this(workload, "float32", SGD_ALONE);
    }

    /** The engine in 32-bit floats, with this optimizer. */
    public EngineSide(Workload workload, Optimizer optimizer) {
        this(workload, "float32", optimizer);
    }

    /**
     * The engine with SGD alone.
     *
     * @param dtype policy of all layers: {@code float32} or {@code mixed_bfloat16}
     */
    public EngineSide(Workload workload, String dtype) {
        this(workload, dtype, SGD_ALONE);
    }

    private EngineSide(Workload workload, String dtype, Optimizer optimizer) {
        this.workload = workload;
        this.dtype = dtype;
        this.optimizer = optimizer;
        this.batches = batches(workload);
        Images images = Images.heldOut(workload);
        this.heldOut = new Batch(images.x(), images.y());
        Model model = workload.model().network().dtype(dtype);
        CompileConf compile = CompileConf.of(optimizer, Loss.of("sparse_categorical_crossentropy"), "accuracy");
        this.network = Networks.create(ENGINE, model, compile, workload.threads());
        TrainState state = TrainState.initial(model, optimizer, Workload.SEED);
        this.exchange = MemoryExchange.of(model, optimizer, tree, 1, state);
        this.gradient = ByteBuffer.allocateDirect(
                        Math.multiplyExact(network.layout().gradientLength(), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static List<Batch> batches(Workload workload) {
        Images images = Images.training(workload);
        List<Batch> batches = new ArrayList<>();
        for (int step = 0; step < workload.steps(); step++) {
            int from = step * workload.batch();
            int to = from + workload.batch();
            batches.add(new Batch(images.x().rows(from, to), images.y().rows(from, to)));
        }
        return List.copyOf(batches);
    }

    @Override
    public String description() {
        return "Lockstep's engine in one process, %s, %s, %s"
                .formatted(dtype, optimizer.config().get("name"), Networks.describe(ENGINE, workload.threads()));
    }

    @Override
    public Round round() {
        watch.begin();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long updates = 0;
        try {
            for (int step = 0; step < batches.size(); step++) {
                StepKey key = new StepKey(Workload.SEED, epoch, step, 0);
                BatchSums sums =
                        network.train(batches.get(step), exchange.state().weights(), gradient, key);
                long computed = System.nanoTime();
                exchange.step(0, List.of(new Node(tree.root(), gradient, sums)), network.math());
                updates += System.nanoTime() - computed;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot measure the engine: interrupted", e);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        double perStep = (threads.getCurrentThreadAllocatedBytes() - allocated) / (double) batches.size();
        epoch++;
        Map<String, Double> figures = watch.figures();
        figures.put(Round.ALLOCATED, perStep);
        figures.put(Round.EXCHANGE, updates * 1e-6 / batches.size());
        return new Round(seconds, workload.images(), figures);
    }

    @Override
    public double accuracy() {
        return Images.haveMeaning(workload.model())
                ? network.evaluate(heldOut, exchange.state().weights()).metric(0)
                : Double.NaN;
    }

    @Override
    public void close() {
        network.close();
    }
}
