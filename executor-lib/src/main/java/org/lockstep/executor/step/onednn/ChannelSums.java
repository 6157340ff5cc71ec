package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.reduction;

/**
 * The sums of each channel of images over all pixels: a row of ones times each image, and the sum of the images' results.
 * As one reduction it is oneDNN's reference code, forty times as slow.
 */
record ChannelSums(Device device, Image images) {

    /** Calls that write them, in order. */
    List<Call> calls(Slot from, Slot sums) {
        if (images.batch() == 1) {
            return List.of(ofEach(from, sums));
        }
        Slot each = device.arena().floats((long) images.batch() * images.channels());
        return List.of(ofEach(from, each), ofAll(each, sums));
    }

    private Call ofEach(Slot from, Slot sums) {
        int pixels = images.height() * images.width();
        int side = images.blockChannels();
        int blocks = images.channels() / side;
        desc ones = tensor(1, 1, 1, pixels);
        desc numbers = tensor(images.batch(), blocks, pixels, side);
        desc each = Device.plain(images.batch(), blocks, 1, side);
        var description = new matmul.primitive_desc(device.cpu(), ones, numbers, each, device.attributes(), false);
        return device.call(
                new matmul(description),
                description,
                Argument.source(device.ones(ones, images.numbers())),
                Argument.weights(device.view(numbers, from)),
                Argument.target(device.view(each, sums)));
    }

    private Call ofAll(Slot each, Slot sums) {
        desc matrix = Device.plain(images.batch(), images.channels());
        desc row = Device.plain(1, images.channels());
        var description = new reduction.primitive_desc(
                device.cpu(), algorithm.reduction_sum, matrix, row, 0, 0, device.attributes(), false);
        return device.call(
                new reduction(description),
                description,
                Argument.source(device.view(matrix, each)),
                Argument.target(device.view(row, sums)));
    }

    private desc tensor(long... dims) {
        return Device.strided(images.numbers(), dims, Strides.of(dims));
    }
}
