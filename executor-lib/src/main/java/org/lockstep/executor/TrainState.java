package org.lockstep.executor;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.schedules.LearningRateSchedule;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/**
 * All that training changes: the flat weights, the optimizer's named slots, the count of updates, the learning rate and,
 * within a run, the place that it has reached. What the exchange updates, a checkpoint keeps and a recovery goes back to.
 *
 * <p>The workers of one JVM share one state. They may write disjoint ranges at the same time; whoever reads what another
 * worker wrote must have passed a barrier since.
 */
public final class TrainState implements Serializable {

    private static final long serialVersionUID = 4;

    private transient ByteBuffer bytes;
    private transient FloatBuffer weights;
    private transient Map<String, FloatBuffer> slots;
    private int slotsFrom;
    private volatile long iterations;
    private volatile double learningRate;
    /** Gives the learning rate; null where it is set. */
    private volatile @Nullable LearningRateSchedule schedule;

    private volatile @Nullable Cursor cursor;

    private TrainState(
            ByteBuffer bytes, Map<String, FloatBuffer> slots, int slotsFrom, long iterations, double learningRate) {
        this.bytes = bytes;
        this.weights = bytes.asFloatBuffer();
        this.slots = Collections.unmodifiableMap(slots);
        this.slotsFrom = slotsFrom;
        this.iterations = iterations;
        this.learningRate = learningRate;
    }

    /** A state before the first update whose weights are zeros, and whose slots are as the optimizer's begin. */
    public static TrainState create(WeightLayout layout, Optimizer optimizer) {
        return create(layout, optimizer, 0, layout.trainableLength());
    }

    /**
     * Such a state whose optimizer slots are there for some weights only: enough for whoever updates those alone.
     *
     * @param from the first of them in the flat vector
     * @param to one past the last; what is not trainable has no slots
     */
    public static TrainState create(WeightLayout layout, Optimizer optimizer, int from, int to) {
        int first = Math.min(from, layout.trainableLength());
        int length = Math.min(to, layout.trainableLength()) - first;
        Map<String, FloatBuffer> slots = new LinkedHashMap<>();
        for (String name : optimizer.slots()) {
            slots.put(name, filled(length, optimizer.initialSlot()));
        }
        TrainState state = new TrainState(Floats.direct(layout.length()), slots, first, 0, optimizer.learningRate());
        state.schedule = optimizer.schedule();
        return state;
    }

    private static FloatBuffer filled(int length, float value) {
        FloatBuffer numbers = Floats.direct(length).asFloatBuffer();
        for (int i = 0; value != 0 && i < length; i++) {
            numbers.put(i, value);
        }
        return numbers;
    }

    /** The state before the first update, with weights drawn by the model's initializers: variable i from stream i. */
    public static TrainState initial(Model model, Optimizer optimizer, long seed) {
        WeightLayout layout = model.layout();
        TrainState state = create(layout, optimizer);
        List<WeightLayout.Slot> variables = layout.slots();
        for (int i = 0; i < variables.size(); i++) {
            WeightLayout.Slot slot = variables.get(i);
            CounterRandom random = CounterRandom.of(seed, Purpose.INITIAL_WEIGHTS, 0, i, 0);
            int[] shape = slot.variable().shape().dimensions();
            state.weights.put(
                    slot.offset(), slot.variable().weight().initializer().values(shape, random));
        }
        return state;
    }

    /** A view of all weights, in the order of the {@link WeightLayout}: direct, native order, aligned to 64 bytes. */
    public FloatBuffer weights() {
        return weights.duplicate();
    }

    /** The bytes of {@link #weights}, for a socket. */
    public ByteBuffer weightBytes() {
        return bytes.duplicate();
    }

    /**
     * The optimizer's slots by name, in Keras's order; each has one number per trainable weight, from {@link #slotsFrom} on.
     * The buffers are live: direct, native order, aligned to 64 bytes, with position 0.
     */
    public Map<String, FloatBuffer> slots() {
        return slots;
    }

    /**
     * One of the optimizer's slots.
     *
     * @throws IllegalArgumentException where the state is of an optimizer without such a slot
     */
    public FloatBuffer slot(String name) {
        FloatBuffer slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException(
                    "Cannot update: the state has no optimizer slot `%s`, only %s".formatted(name, slots.keySet()));
        }
        return slot;
    }

    /** The weight, in the flat vector, that the slots' first numbers belong to: 0 but where only a slice is updated. */
    public int slotsFrom() {
        return slotsFrom;
    }

    /** Updates done so far. */
    public long iterations() {
        return iterations;
    }

    public void iterations(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Invalid `iterations`: must not be negative. Received: " + value);
        }
        iterations = value;
    }

    /** The learning rate of the next update: set, or given by the optimizer's schedule for the count of updates. */
    public double learningRate() {
        LearningRateSchedule given = schedule;
        return given == null ? learningRate : given.rate(iterations);
    }

    /**
     * Sets the learning rate.
     *
     * @throws IllegalStateException where a schedule gives it
     */
    public void learningRate(double value) {
        if (schedule != null) {
            throw new IllegalStateException("This optimizer was created with a `LearningRateSchedule` object as its"
                    + " `learning_rate` argument, hence its learning rate is not settable. If you need it to be, create"
                    + " the optimizer with a float `learning_rate`. Received: learning_rate=" + value);
        }
        Optimizer.checkRate(value);
        learningRate = value;
    }

    /** What gives the learning rate; null where it is set. */
    public @Nullable LearningRateSchedule schedule() {
        return schedule;
    }

    /** Takes on the count of updates of a state and, where no schedule gives it, its learning rate. */
    public void progress(long updates, double rate) {
        iterations(updates);
        if (schedule == null) {
            learningRate(rate);
        }
    }

    /** Where the run stands that these numbers belong to; null outside a run, as in a {@code .keras} file. */
    public @Nullable Cursor cursor() {
        return cursor;
    }

    public void cursor(@Nullable Cursor value) {
        cursor = value;
    }

    /** A state of the same bits that shares nothing with this one. */
    public TrainState copy() {
        ByteBuffer copied = Floats.copy(weights);
        Map<String, FloatBuffer> copies = new LinkedHashMap<>();
        slots.forEach((name, values) -> copies.put(name, Floats.copy(values).asFloatBuffer()));
        TrainState copy = new TrainState(copied, copies, slotsFrom, iterations, learningRate);
        copy.schedule = schedule;
        copy.cursor = cursor;
        return copy;
    }

    /** Takes on another state's bits. */
    public void set(TrainState other) {
        if (!hasFormOf(other)) {
            throw new IllegalArgumentException("Cannot set a state: it has %d weights and slots %s, the other %d and %s"
                    .formatted(weights.capacity(), slots.keySet(), other.weights.capacity(), other.slots.keySet()));
        }
        weights.put(0, other.weights, 0, weights.capacity());
        slots.forEach((name, values) -> values.put(0, other.slot(name), 0, values.capacity()));
        iterations = other.iterations;
        learningRate = other.learningRate;
        schedule = other.schedule;
        cursor = other.cursor;
    }

    /** Whether the other has as many weights, and the same slots. */
    public boolean hasFormOf(TrainState other) {
        return weights.capacity() == other.weights.capacity()
                && slotsFrom == other.slotsFrom
                && slots.keySet().equals(other.slots.keySet())
                && slots.entrySet().stream()
                        .allMatch(slot -> slot.getValue().capacity()
                                == other.slot(slot.getKey()).capacity());
    }

    /** SHA-256 over all of the state, in hexadecimal: {@link #numbersSha256}'s where there is no cursor. */
    public String sha256() {
        StateHash hash = numbers();
        Cursor place = cursor;
        if (place != null) {
            place.addTo(hash);
        }
        return hash.hex();
    }

    /** SHA-256 over weights, slots, iterations and learning rate, wherever in a run they were reached. */
    public String numbersSha256() {
        return numbers().hex();
    }

    private StateHash numbers() {
        StateHash hash = new StateHash();
        hash.add(weights);
        slots.forEach((name, values) -> hash.add(name).add(values));
        return hash.add(iterations).add(Double.doubleToRawLongBits(learningRate()));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        Floats.write(out, weights);
        out.writeInt(slots.size());
        for (Map.Entry<String, FloatBuffer> slot : slots.entrySet()) {
            out.writeUTF(slot.getKey());
            Floats.write(out, slot.getValue());
        }
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        bytes = Floats.direct(in.readInt());
        weights = bytes.asFloatBuffer();
        Floats.read(in, weights);
        Map<String, FloatBuffer> read = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            FloatBuffer values = Floats.direct(in.readInt()).asFloatBuffer();
            Floats.read(in, values);
            read.put(name, values);
        }
        slots = Collections.unmodifiableMap(read);
    }
}
