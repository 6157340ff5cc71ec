package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lockstep.layers.Layer;
import org.lockstep.report.LayerTimes;

/** Times of a program's operations over several steps, each step's summed up by layer. */
final class Profiler {

    private static final int FORWARD = 0;
    private static final int BACKWARD = 1;

    private final List<Operation> operations;
    private final List<Integer> owners;
    /** By layer, pass and step, in nanoseconds. */
    private final long[][][] nanos;

    private int step;

    /** @param owners for each operation the layer that it belongs to */
    Profiler(List<Operation> operations, List<Integer> owners, int layers, int steps) {
        this.operations = operations;
        this.owners = owners;
        this.nanos = new long[layers][2][steps];
    }

    void forward(int operation, Frame frame) {
        long from = System.nanoTime();
        operations.get(operation).forward(frame);
        add(operation, FORWARD, from);
    }

    void backward(int operation, Frame frame) {
        long from = System.nanoTime();
        operations.get(operation).backward(frame);
        add(operation, BACKWARD, from);
    }

    private void add(int operation, int pass, long from) {
        nanos[owners.get(operation)][pass][step] += System.nanoTime() - from;
    }

    /** What follows belongs to the next step. */
    void next() {
        step++;
    }

    /** The medians of the layers' times. */
    List<LayerTimes> times(List<Layer> layers) {
        List<LayerTimes> times = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            long forward = 0;
            long backward = 0;
            for (int k = 0; k < operations.size(); k++) {
                if (owners.get(k) == i) {
                    forward += operations.get(k).forwardFlops();
                    backward += operations.get(k).backwardFlops();
                }
            }
            Layer layer = layers.get(i);
            times.add(new LayerTimes(
                    layer.name(),
                    layer.className(),
                    median(nanos[i][FORWARD]),
                    median(nanos[i][BACKWARD]),
                    forward,
                    backward));
        }
        return times;
    }

    /** The middle one, or the lower of the two in the middle. */
    static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
