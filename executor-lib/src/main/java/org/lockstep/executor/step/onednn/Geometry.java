package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Margins;
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

    /**
     * The windows on the larger image that yield the smaller one, where the larger is a transposed convolution's: of what they
     * reach beyond it, half is before it, and the odd one after it.
     */
    static Geometry transposed(Window window, Image smaller, Image larger) {
        long[] strides = {window.strides().height(), window.strides().width()};
        long[] beyond = {
            window.extentHeight() + (smaller.height() - 1) * strides[0] - larger.height(),
            window.extentWidth() + (smaller.width() - 1) * strides[1] - larger.width()
        };
        long[] before = {Math.max(beyond[0], 0) / 2, Math.max(beyond[1], 0) / 2};
        return new Geometry(
                new long[] {window.size().height(), window.size().width()},
                strides,
                new long[] {window.dilation().height() - 1L, window.dilation().width() - 1L},
                before,
                new long[] {Math.max(beyond[0] - before[0], 0), Math.max(beyond[1] - before[1], 0)});
    }

    /** One window over the whole image. */
    static Geometry whole(Image input) {
        long[] size = {input.height(), input.width()};
        return new Geometry(size, size, new long[2], new long[2], new long[2]);
    }

    /** A kernel's dimensions for windows of this size: (groups,) filters, channels, height, width. */
    long[] kernelDims(long channels, long filters, long groups) {
        return groups == 1
                ? new long[] {filters, channels, size[0], size[1]}
                : new long[] {groups, filters / groups, channels / groups, size[0], size[1]};
    }

    /**
     * The same windows over an image without its margins of zeros; null where they would hold a whole window, which
     * oneDNN's kernels do not expect.
     */
    @Nullable
    Geometry without(Margins margins) {
        long[] more = {before[0] + margins.top(), before[1] + margins.left()};
        long[] rest = {after[0] + margins.bottom(), after[1] + margins.right()};
        for (int axis = 0; axis < size.length; axis++) {
            long extent = (size[axis] - 1) * (gaps[axis] + 1) + 1;
            if (more[axis] >= extent || rest[axis] >= extent) {
                return null;
            }
        }
        return new Geometry(size, strides, gaps, more, rest);
    }
}
