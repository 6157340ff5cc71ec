package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.memory.desc;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Shape;

/**
 * A tensor's shape as Keras sees it, batch first and known, and the order in which memory holds it.
 *
 * @param moved whether axis 1 has the channels of images, which memory then holds last, as oneDNN wants them; else C order
 * @param blocked whether memory holds images in blocks of channels, as {@link Image} says; {@code moved} then only says which
 *     axis has the channels
 */
record Layout(Shape shape, boolean moved, Numbers numbers, boolean blocked) {

    private static final int IMAGE_RANK = 4;
    /** Where the axes of (batch, channels, height, width) go for the channels to be last. */
    private static final int[] LAST = {0, 3, 1, 2};

    /** A tensor that is not in blocks. */
    Layout(Shape shape, boolean moved, Numbers numbers) {
        this(shape, moved, numbers, false);
    }

    long size() {
        long size = 1;
        for (int dimension : shape.dimensions()) {
            size *= dimension;
        }
        return size;
    }

    /** The same shape in the other order or in this one. */
    Layout moved(boolean wanted) {
        return new Layout(shape, wanted, numbers, blocked);
    }

    /** Images in blocks of channels, or not. */
    Layout blocked(boolean wanted) {
        return new Layout(shape, moved, numbers, wanted);
    }

    /** Another shape in this order; blocks are of images only. */
    Layout shape(Shape other) {
        return new Layout(other, moved, numbers, blocked && other.rank() == IMAGE_RANK);
    }

    /** The same shape and order of numbers of this type. */
    Layout numbers(Numbers wanted) {
        return new Layout(shape, moved, wanted, blocked);
    }

    long bytes() {
        return size() * numbers.bytes();
    }

    /** Whether both orders of one shape put every number in the same place. */
    boolean liesAs(Layout other) {
        if (blocked == other.blocked) {
            return moved == other.moved || (!blocked && !orderMatters());
        }
        Layout images = blocked ? this : other;
        Layout lines = blocked ? other : this;
        return (lines.moved == images.moved || !orderMatters()) && !images.blocksMatter();
    }

    /** Whether blocks are in another order than channels last. */
    private boolean blocksMatter() {
        int channels = channels();
        return channels != image(format()).blockChannels() && size() != (long) shape.dimension(0) * channels;
    }

    /** Whether it matters that memory holds axis 1 last. */
    private boolean orderMatters() {
        if (shape.rank() < 3 || shape.dimension(1) == 1) {
            return false;
        }
        long rest = 1;
        for (int axis = 2; axis < shape.rank(); axis++) {
            rest *= shape.dimension(axis);
        }
        return rest != 1;
    }

    /** Dimensions in Keras's order. */
    long[] dims() {
        int[] dimensions = shape.dimensions();
        long[] dims = new long[dimensions.length];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = dimensions[axis];
        }
        return dims;
    }

    /** Dimensions in the order of memory. */
    long[] physical() {
        if (blocked) {
            throw new IllegalStateException("Cannot order the axes of " + this + ": memory holds it in blocks");
        }
        long[] dims = dims();
        if (!moved) {
            return dims;
        }
        long[] physical = dims.clone();
        System.arraycopy(dims, 2, physical, 1, dims.length - 2);
        physical[dims.length - 1] = dims[1];
        return physical;
    }

    /** The place of one of Keras's axes, which may count from the end, in the order of memory. */
    int physicalAxis(int axis) {
        int logical = axis < 0 ? axis + shape.rank() : axis;
        if (!moved || logical == 0) {
            return logical;
        }
        return logical == 1 ? shape.rank() - 1 : logical - 1;
    }

    /** The tensor with its dimensions in Keras's order. */
    desc desc() {
        if (blocked) {
            desc images = image(format()).desc();
            return moved ? images : images.permute_axes(LAST);
        }
        long[] physical = Strides.of(physical());
        long[] strides = new long[physical.length];
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = physical[physicalAxis(axis)];
        }
        return Device.strided(numbers, dims(), strides);
    }

    /** All numbers in the order of memory, as one axis. */
    desc flat() {
        return Device.strided(numbers, new long[] {size()}, new long[] {1});
    }

    private DataFormat format() {
        return moved ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST;
    }

    /** The image batch that this is in a data format; memory must hold its channels last, or in blocks. */
    Image image(DataFormat format) {
        return new Image(
                shape.dimension(0),
                shape.dimension(format.channelAxis()),
                shape.dimension(format.heightAxis()),
                shape.dimension(format.widthAxis()),
                numbers,
                blocked);
    }

    /** Whether images are in blocks, and their channels fill these. */
    boolean isInBlocks() {
        return blocked && image(format()).isInBlocks();
    }

    /** Whether images are in blocks of the channels that this axis has. */
    boolean isBlockedAlong(int axis) {
        return blocked && Math.floorMod(axis, IMAGE_RANK) == format().channelAxis();
    }

    /** How many numbers the axis has that memory holds last, as far as blocks go. */
    int channels() {
        if (blocked) {
            return shape.dimension(format().channelAxis());
        }
        long[] dims = physical();
        return Math.toIntExact(dims[dims.length - 1]);
    }

    /** The tensor seen from one axis, in the order of memory; where that is in blocks, from that of the channels. */
    Lines along(int axis) {
        if (isBlockedAlong(axis)) {
            int images = shape.dimension(0);
            int pixels = Math.toIntExact(size() / images / channels());
            return isInBlocks()
                    ? new Lines(images * pixels, channels(), 1, images, true)
                    : new Lines(images, channels(), pixels, images, false);
        }
        long[] physical = physical();
        int place = physicalAxis(axis);
        long outer = 1;
        long inner = 1;
        for (int i = 0; i < physical.length; i++) {
            if (i < place) {
                outer *= physical[i];
            } else if (i > place) {
                inner *= physical[i];
            }
        }
        int images = place == 0 ? 1 : shape.dimension(0);
        return new Lines(
                Math.toIntExact(outer), Math.toIntExact(physical[place]), Math.toIntExact(inner), images, false);
    }

    /**
     * A tensor as (outer, length, inner) in the order of memory.
     *
     * @param images into how many parts of the same length the outer axis falls: the images of a batch
     * @param blocked whether memory holds the length in blocks of each image, as {@link Image} says; the inner axis then is 1
     */
    record Lines(int outer, int length, int inner, int images, boolean blocked) {}
}
