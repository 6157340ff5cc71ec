package org.lockstep.driver.files;

import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataSpace;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;

/** An attribute whose type and data are given as bytes: what jHDF cannot make of a Java value. */
final class RawAttribute extends WritableAttributeImpl {

    private final DataType type;
    private final DataSpace space;

    /**
     * One value.
     *
     * @param type as HDF5 writes it
     */
    RawAttribute(WritableGroup group, String name, ByteBuffer type, ByteBuffer data) {
        this(group, name, type, data, DataSpace.fromObject(name));
    }

    private RawAttribute(WritableGroup group, String name, ByteBuffer type, ByteBuffer data, DataSpace space) {
        super(name, group, name);
        this.type = new Bytes(type, data);
        this.space = space;
    }

    /** What NumPy makes of an empty list: an array of no doubles. */
    static RawAttribute empty(WritableGroup group, String name) {
        ByteBuffer type = FloatingPoint.DOUBLE.toBuffer();
        return new RawAttribute(group, name, type, ByteBuffer.allocate(0), DataSpace.fromObject(new double[0]));
    }

    @Override
    public DataType getDataType() {
        return type;
    }

    @Override
    public DataSpace getDataSpace() {
        return space;
    }

    /** A type that writes itself and its data as given. */
    private static final class Bytes extends DataType {

        private final ByteBuffer type;
        private final ByteBuffer data;

        Bytes(ByteBuffer type, ByteBuffer data) {
            super(0, data.capacity());
            this.type = type;
            this.data = data;
        }

        @Override
        public ByteBuffer toBuffer() {
            return type;
        }

        @Override
        public ByteBuffer encodeData(Object ignored) {
            return data;
        }

        @Override
        public Class<?> getJavaType() {
            return Object.class;
        }

        @Override
        public Object fillData(ByteBuffer buffer, int[] dimensions, HdfBackingStorage storage) {
            throw new UnsupportedOperationException("only written");
        }
    }
}
