package org.lockstep.driver.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.Shape;

/**
 * The memory that a run takes in one JVM, in bytes, by what for; an upper bound, but for what data sources take.
 *
 * @param heap batches made ahead, results
 * @param outside weights, optimizer slots and gradients in direct buffers, which the JVM counts
 * @param engine what is native or shared with other JVMs, which the JVM does not count
 */
public record MemoryPlan(Map<String, Long> heap, Map<String, Long> outside, Map<String, Long> engine) {

    /** Activations, their gradients, both in another order, and a kernel's scratch space. */
    private static final int COPIES = 4;

    /** A kernel, its gradient, both in two orders. */
    private static final int KERNELS = 6;

    private static final long ENGINE = 16L << 20;

    /** An averaged gradient and what is between two passes and between two parts of one. */
    private static final int ROOMS = 3;

    /** Two bodies on their way to each other executor of a machine, and two from each. */
    private static final int SHARED = 4;

    /** What the driver holds of a state: the model's own, the one that an epoch falls back to, an attempt's begin and end. */
    private static final int STATES = 4;

    public MemoryPlan {
        heap = Collections.unmodifiableMap(new LinkedHashMap<>(heap));
        outside = Collections.unmodifiableMap(new LinkedHashMap<>(outside));
        engine = Collections.unmodifiableMap(new LinkedHashMap<>(engine));
    }

    /**
     * An executor's part.
     *
     * @param executors that share the optimizer slots
     * @param workers of all executors
     * @param here workers of this one
     * @param network bytes that the engine allocates for one worker
     * @param sharesMemory whether executors of one machine do
     */
    public static MemoryPlan executor(
            RunOrder order, int executors, int workers, int here, long network, boolean sharesMemory) {
        Sizes sizes = Sizes.of(order);
        long shards = divided(order.shards().size(), workers);
        long sums = here * sizes.gradient() * (2 + Long.SIZE - Long.numberOfLeadingZeros(shards));
        Map<String, Long> heap = new LinkedHashMap<>();
        heap.put("batches made ahead", here * shards * order.input().maxQueueSize() * sizes.batch());
        Map<String, Long> outside = new LinkedHashMap<>();
        outside.put("weights", sizes.weights());
        outside.put("optimizer slots", sizes.slots() / executors);
        outside.put("gradients", sums);
        long others = executors > 1 ? divided(results(order, executors), executors) : 0;
        outside.put("other executors' gradients", others);
        outside.put("update", here * update(divided(sizes.gradient(), workers), workers));
        Map<String, Long> engine = new LinkedHashMap<>();
        engine.put("activations of " + here + " task(s) at once", here * network);
        if (sharesMemory) {
            engine.put("shared with executors of its machine", SHARED * others);
        }
        return new MemoryPlan(heap, outside, engine);
    }

    /** What one worker's update of so many bytes of weights needs: sums of all workers' gradients, and the engine's room. */
    private static long update(long bytes, int workers) {
        long sums = (long) Long.SIZE - Long.numberOfLeadingZeros(workers - 1L);
        return sums * bytes + ROOMS * Math.min(bytes, (long) VectorMath.ROOM * Float.BYTES);
    }

    /** More than the engine allocates for one worker, found without compiling anything. */
    public static long most(RunOrder order) {
        long numbers = 0;
        for (Shape shape : order.model().shapes()) {
            numbers += Sizes.elements(shape);
        }
        long samples = samples(order);
        return COPIES * samples * numbers * Float.BYTES
                + KERNELS * Sizes.of(order).weights()
                + ENGINE;
    }

    /** Of one shard's batch. */
    public static int samples(RunOrder order) {
        return (int)
                divided(order.batches().batchSize(), Math.max(1, order.shards().size()));
    }

    /** The driver's part where executors update. */
    public static MemoryPlan driver(RunOrder order) {
        Sizes sizes = Sizes.of(order);
        return new MemoryPlan(
                Map.of(),
                Map.of("weights", STATES * sizes.weights(), "optimizer slots", STATES * sizes.slots()),
                Map.of());
    }

    /** The driver's part where it adds up what executors bring. */
    public static MemoryPlan adding(RunOrder order, int workers) {
        Map<String, Long> heap = Map.of("gradients of all workers, twice", 2 * results(order, workers));
        return new MemoryPlan(heap, driver(order).outside(), Map.of());
    }

    /** Of a step's results that executors bring the driver. */
    public static long results(RunOrder order, int workers) {
        long nodes = 0;
        for (int worker = 0; worker < workers; worker++) {
            nodes += order.tree().within(order.tree().owned(worker, workers)).size();
        }
        return nodes * Sizes.of(order).gradient();
    }

    /** Both parts in one JVM. */
    public MemoryPlan plus(MemoryPlan other) {
        return new MemoryPlan(sum(heap, other.heap), sum(outside, other.outside), sum(engine, other.engine));
    }

    private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
        Map<String, Long> both = new LinkedHashMap<>(a);
        b.forEach((what, bytes) -> both.merge(what, bytes, Long::sum));
        return both;
    }

    public static long total(Map<String, Long> part) {
        return part.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long divided(long all, long among) {
        return (all + among - 1) / among;
    }

    /** Bytes of a model's vectors, and of one shard's batch. */
    private record Sizes(long weights, long gradient, long slots, long batch) {

        static Sizes of(RunOrder order) {
            long weights = (long) Float.BYTES * order.model().layout().length();
            int slots = order.compile().optimizer().slots().size();
            return new Sizes(
                    weights,
                    (long) Float.BYTES * order.model().layout().gradientLength(),
                    (long) slots * Float.BYTES * order.model().layout().trainableLength(),
                    samples(order) * elements(order.model().inputShape()) * Float.BYTES);
        }

        /** Of one sample. */
        private static long elements(Shape shape) {
            long elements = 1;
            for (int size : shape.with(0, 1).dimensions()) {
                elements *= size;
            }
            return elements;
        }
    }
}
