package org.lockstep.driver.files;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.lockstep.data.BadDataException;
import org.lockstep.model.WeightLayout;

/**
 * A dataset of numbers, stored in one piece and whole, as Keras writes them.
 *
 * @param file for messages
 * @param path of the dataset in the file
 */
record H5Values(ContiguousDataset dataset, int[] shape, String file, String path) {

    /** Refuses what is not stored in one piece, and what claims more than the file holds. */
    static H5Values of(Dataset dataset, String file, String path) {
        if (!(dataset instanceof ContiguousDataset contiguous)) {
            throw BadDataException.at(
                    file, path, "must be stored in one piece as Keras does. Received: " + dataset.getDataLayout());
        }
        long bytes = dataset.getDataType().getSize();
        for (int dimension : dataset.getDimensions()) {
            bytes = Math.multiplyExact(bytes, dimension);
        }
        if (dataset.isEmpty()
                || contiguous.getDataAddress() > dataset.getHdfFile().size() - bytes) {
            throw BadDataException.at(file, path, "its " + bytes + " bytes are not in the file");
        }
        return new H5Values(contiguous, dataset.getDimensions(), file, path);
    }

    boolean hasShape(int[] expected) {
        return Arrays.equals(shape, expected);
    }

    /**
     * Refuses another shape than the variable's.
     *
     * @param what the numbers are
     */
    void checkShape(WeightLayout.Slot slot, String what) {
        int[] expected = slot.variable().shape().dimensions();
        if (!hasShape(expected)) {
            throw new IllegalArgumentException("Cannot read %s at %s: %s must have shape %s. Received: %s"
                    .formatted(file, path, what, Arrays.toString(expected), Arrays.toString(shape)));
        }
    }

    /** Copies all numbers; doubles are rounded to floats, as Keras does. */
    void copyTo(FloatBuffer target) {
        ByteBuffer bytes = bytes();
        if (isFloat(Float.BYTES)) {
            target.put(bytes.asFloatBuffer());
        } else if (isFloat(Double.BYTES)) {
            while (bytes.hasRemaining()) {
                target.put((float) bytes.getDouble());
            }
        } else {
            throw wrongType("float32 or float64");
        }
    }

    /** The one number of a scalar float dataset. */
    float scalar() {
        refuseArray();
        float[] value = new float[1];
        copyTo(FloatBuffer.wrap(value));
        return value[0];
    }

    /** The one number of a scalar dataset of 4 or 8 bytes. */
    long integer() {
        refuseArray();
        DataType type = dataset.getDataType();
        if (!(type instanceof FixedPoint fixed) || !fixed.isSigned()) {
            throw wrongType("int32 or int64");
        }
        return switch (type.getSize()) {
            case Integer.BYTES -> bytes().getInt();
            case Long.BYTES -> bytes().getLong();
            default -> throw wrongType("int32 or int64");
        };
    }

    private void refuseArray() {
        if (shape.length != 0) {
            throw BadDataException.at(file, path, "must be a scalar. Received shape: " + Arrays.toString(shape));
        }
    }

    /** IEEE's binary32 or binary64: other numbers of the same size, such as bfloat16's kin, have other exponents. */
    private boolean isFloat(int size) {
        return dataset.getDataType() instanceof FloatingPoint type
                && type.getSize() == size
                && type.getExponentSize() == (size == Float.BYTES ? 8 : 11);
    }

    private BadDataException wrongType(String expected) {
        DataType type = dataset.getDataType();
        return BadDataException.at(
                file,
                path,
                "must be %s. Received: %s of %d bytes"
                        .formatted(expected, type.getClass().getSimpleName(), type.getSize()));
    }

    private ByteBuffer bytes() {
        return H5Group.guarded(file, path, dataset::getBuffer);
    }
}
