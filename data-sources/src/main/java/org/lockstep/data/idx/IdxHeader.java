package org.lockstep.data.idx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.data.BadDataException;
import org.lockstep.data.storage.StoredFile;

/**
 * The start of an IDX file: two zero bytes, the type of the values, the number of dimensions, and each dimension as a
 * big-endian int.
 */
record IdxHeader(List<Integer> dimensions) {

    private static final int UINT8 = 0x08;

    /** Reads the header only. */
    static IdxHeader of(StoredFile file) {
        return file.read(stream -> read(stream, file));
    }

    static IdxHeader read(InputStream stream, StoredFile file) throws IOException {
        byte[] magic = bytes(stream, file, 0);
        if (magic[0] != 0 || magic[1] != 0) {
            throw BadDataException.at(
                    file.toString(),
                    "offset 0",
                    String.format(
                            "an IDX file starts with the bytes 00 00. Received: %02x %02x %02x %02x",
                            magic[0], magic[1], magic[2], magic[3]));
        }
        if (magic[2] != UINT8) {
            throw BadDataException.at(
                    file.toString(),
                    "offset 2",
                    String.format("only values of type 0x08 (unsigned bytes) are read. Received: 0x%02x", magic[2]));
        }
        List<Integer> dimensions = new ArrayList<>();
        for (int i = 0; i < (magic[3] & 0xFF); i++) {
            byte[] word = bytes(stream, file, 4 + 4 * i);
            int length = (word[0] & 0xFF) << 24 | (word[1] & 0xFF) << 16 | (word[2] & 0xFF) << 8 | (word[3] & 0xFF);
            if (length < 1) {
                throw BadDataException.at(
                        file.toString(),
                        "offset " + (4 + 4 * i),
                        "dimension " + i + " must be in [1, 2^31). Received: " + (length & 0xFFFFFFFFL));
            }
            dimensions.add(length);
        }
        return new IdxHeader(List.copyOf(dimensions));
    }

    int rank() {
        return dimensions.size();
    }

    int records() {
        return dimensions.get(0);
    }

    int length() {
        return 4 + 4 * rank();
    }

    /** The number of values, or of bytes, in one record. */
    int recordSize(StoredFile file) {
        long size = 1;
        for (int i = 1; i < rank(); i++) {
            size *= dimensions.get(i);
            if (size > Integer.MAX_VALUE) {
                throw BadDataException.at(
                        file.toString(),
                        "offset 4",
                        "a record must have fewer than 2^31 values. Received: dimensions " + dimensions);
            }
        }
        return (int) size;
    }

    private static byte[] bytes(InputStream stream, StoredFile file, int offset) throws IOException {
        byte[] word = stream.readNBytes(4);
        if (word.length < 4) {
            throw BadDataException.at(
                    file.toString(),
                    "offset " + (offset + word.length),
                    "the file ends within its header: expected 4 bytes at offset " + offset + ". Received: "
                            + word.length);
        }
        return word;
    }
}
