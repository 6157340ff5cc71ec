package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.memory.desc;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Shape;

/**
 * A tensor's shape as Keras sees it, batch first and known, and the order in which memory holds it.
 *
 * @param moved whether memory holds axis 1 last, as oneDNN wants the channels of channels_first images; else C order
 */
record Layout(Shape shape, boolean moved, Numbers numbers) {

    long size() {
        long size = 1;
        for (int dimension : shape.dimensions()) {
            size *= dimension;
        }
        return size;
    }

    /** The same shape in the other order or in this one. */
    Layout moved(boolean wanted) {
        return new Layout(shape, wanted, numbers);
    }

    Layout shape(Shape other) {
        return new Layout(other, moved, numbers);
    }

    /** The same shape and order of numbers of this type. */
    Layout numbers(Numbers wanted) {
        return new Layout(shape, moved, wanted);
    }

    long bytes() {
        return size() * numbers.bytes();
    }

    /** Whether both orders put every number in the same place. */
    boolean orderMatters() {
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

    /** The image batch that this is in a data format; memory must hold its channels last. */
    Image image(DataFormat format) {
        return new Image(
                shape.dimension(0),
                shape.dimension(format.channelAxis()),
                shape.dimension(format.heightAxis()),
                shape.dimension(format.widthAxis()),
                numbers);
    }

    /** The tensor seen from one axis, in the order of memory. */
    Lines along(int axis) {
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
        return new Lines(Math.toIntExact(outer), Math.toIntExact(physical[place]), Math.toIntExact(inner));
    }

    /** A tensor as (outer, length, inner) in the order of memory. */
    record Lines(int outer, int length, int inner) {}
}
