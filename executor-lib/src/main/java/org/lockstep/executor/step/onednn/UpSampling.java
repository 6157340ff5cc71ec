package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.lockstep.layers.Pair;

/**
 * Repeated rows and columns: the output, seen as (batch and blocks, height, rows, width, columns, channels of a block), holds
 * the input once for each of the rows and columns.
 */
record UpSampling(Device device, Image input, Pair size) {

    List<Call> forward(Slot x, Slot y) {
        List<Call> calls = new ArrayList<>();
        parts().forEach(part -> calls.add(Reordering.call(device, whole(), x, part, y)));
        return List.copyOf(calls);
    }

    /** Gradient of the input, overwritten, from the output's. */
    Call backward(Slot outputGradient, Slot inputGradient) {
        Sum sum = new Sum();
        parts().forEach(part -> sum.plus(part, outputGradient));
        return sum.into(device, whole(), inputGradient);
    }

    private desc whole() {
        return plain(dims(1, 1));
    }

    private List<desc> parts() {
        desc output = plain(dims(size.height(), size.width()));
        List<desc> parts = new ArrayList<>();
        for (int row = 0; row < size.height(); row++) {
            for (int column = 0; column < size.width(); column++) {
                parts.add(output.submemory_desc(dims(1, 1), new long[] {0, 0, row, 0, column, 0}));
            }
        }
        return parts;
    }

    /** Of the image with every row and column so many times. */
    private long[] dims(int rows, int columns) {
        int channels = input.blockChannels();
        long outer = (long) input.batch() * input.channels() / channels;
        return new long[] {outer, input.height(), rows, input.width(), columns, channels};
    }

    private desc plain(long[] dims) {
        return Device.strided(input.numbers(), dims, Strides.of(dims));
    }
}
