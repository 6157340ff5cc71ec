package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Operation;
import org.lockstep.executor.vector.Pass;

/** Passes over vectors of one length, whatever their numbers: each as few primitives as oneDNN can do it in. */
final class VectorProgram implements AutoCloseable {

    private final Device device = new Device();
    private final int length;
    private final Map<Operand, Slot> vectors = new EnumMap<>(Operand.class);
    private final List<Slot> numbers = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    /** What is between two primitives of a pass. */
    private final Slot between;

    private boolean isCut;

    VectorProgram(List<Pass> passes, int length) {
        this.length = length;
        between = Slot.ofFloats(length);
        VectorPrimitive.Places places = new VectorPrimitive.Places(device, length, this::vector, this::number);
        for (Pass pass : passes) {
            add(pass, places);
        }
        Lifetimes lifetimes = Lifetimes.of(List.of(), true);
        numbers.forEach(lifetimes::always);
        device.seal(lifetimes);
    }

    private void add(Pass pass, VectorPrimitive.Places places) {
        VectorPrimitive primitive = new VectorPrimitive(places, vector(pass.first()));
        for (Operation operation : pass.operations()) {
            if (!primitive.takes(operation)) {
                calls.add(primitive.into(between));
                isCut = true;
                primitive = new VectorPrimitive(places, between);
            }
            primitive.add(operation);
        }
        calls.add(primitive.into(vector(pass.target())));
    }

    private Slot vector(Operand operand) {
        return vectors.computeIfAbsent(operand, any -> Slot.ofFloats(length));
    }

    /** A new place for the number that comes next. */
    private Slot number() {
        Slot number = device.arena().floats(1);
        numbers.add(number);
        return number;
    }

    /** Makes these passes, of the form that it was made for; vectors that are not given are rooms'. */
    void run(List<Pass> passes, Map<Operand, FloatBuffer> given, Rooms rooms) {
        int next = 0;
        for (Pass pass : passes) {
            for (Operation operation : pass.operations()) {
                if (operation.hasNumber() || operation.isScaled()) {
                    numbers.get(next++).floats().put(0, operation.number());
                }
            }
        }
        vectors.forEach((operand, slot) -> {
            FloatBuffer vector = given.get(operand);
            slot.place(Slot.addressOf(vector == null ? rooms.of(operand, length) : vector));
        });
        if (isCut) {
            between.place(Slot.addressOf(rooms.between(length)));
        }
        calls.forEach(Call::run);
    }

    @Override
    public void close() {
        device.close();
    }
}
