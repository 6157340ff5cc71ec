package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.reduction;

/**
 * The sums of each channel of images over all pixels: a row of ones times each image, and the sum of the images' results.
 * As one reduction it is oneDNN's reference code, forty times as slow.
 */
record ChannelSums(Device device, Image images) {

    /** Calls that write them, in order. */
    List<Call> calls(Slot from, Slot sums) {
        int pixels = images.height() * images.width();
        int side = images.blockChannels();
        int blocks = images.channels() / side;
        desc rows = tensor(images.batch(), blocks, pixels, side);
        desc ones = tensor(1, 1, 1, pixels);
        desc each = Device.plain(images.batch(), blocks, 1, side);
        Slot sumsOfEach = device.arena().floats((long) images.batch() * images.channels());
        memory one = device.ones(ones, images.numbers());
        var product = new matmul.primitive_desc(device.cpu(), ones, rows, each, device.attributes(), false);
        Call multiply = device.call(
                new matmul(product),
                product,
                Argument.source(one),
                Argument.weights(device.view(rows, from)),
                Argument.target(device.view(each, sumsOfEach)));
        desc matrix = Device.plain(images.batch(), images.channels());
        desc row = Device.plain(1, images.channels());
        var reduced = new reduction.primitive_desc(
                device.cpu(), algorithm.reduction_sum, matrix, row, 0, 0, device.attributes(), false);
        Call add = device.call(
                new reduction(reduced),
                reduced,
                Argument.source(device.view(matrix, sumsOfEach)),
                Argument.target(device.view(row, sums)));
        return List.of(multiply, add);
    }

    private desc tensor(long... dims) {
        return Device.strided(images.numbers(), dims, Strides.of(dims));
    }
}
