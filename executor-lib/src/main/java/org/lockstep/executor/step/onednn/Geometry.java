package org.lockstep.executor.step.onednn;

import org.lockstep.layers.Padding;
import org.lockstep.layers.Window;

/** A window over an image in oneDNN's terms: arrays of (height, width), and a dilation of 0 for neighbours. */
@SuppressWarnings("ArrayRecordComponent") // read once, by oneDNN
record Geometry(long[] size, long[] strides, long[] gaps, long[] before, long[] after) {

    static Geometry of(Window window, Image input) {
        Padding padding = window.padding();
        int height = window.extentHeight();
        int width = window.extentWidth();
        int down = window.strides().height();
        int across = window.strides().width();
        long[] before = {padding.before(input.height(), height, down), padding.before(input.width(), width, across)};
        long[] total = {padding.total(input.height(), height, down), padding.total(input.width(), width, across)};
        return new Geometry(
                new long[] {window.size().height(), window.size().width()},
                new long[] {down, across},
                new long[] {window.dilation().height() - 1L, window.dilation().width() - 1L},
                before,
                new long[] {total[0] - before[0], total[1] - before[1]});
    }

    /** One window over the whole image. */
    static Geometry whole(Image input) {
        long[] size = {input.height(), input.width()};
        return new Geometry(size, size, new long[2], new long[2], new long[2]);
    }
}
