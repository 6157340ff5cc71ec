package org.lockstep.data.cifar;

import java.io.IOException;
import java.io.InputStream;
import org.lockstep.data.BadDataException;
import org.lockstep.data.BadRecordException;
import org.lockstep.data.Loaded;
import org.lockstep.data.storage.StoredFile;

/** A whole file in memory, as it is; read once by this JVM as long as the file stays the same. */
record CifarFile(StoredFile file, CifarKind kind, byte[] content) {

    private record Key(StoredFile.Version version, CifarKind kind) {}

    static CifarFile of(StoredFile file, CifarKind kind) {
        return Loaded.of(
                new Key(file.version(), kind), CifarFile.class, () -> file.read(stream -> read(stream, file, kind)));
    }

    private static CifarFile read(InputStream stream, StoredFile file, CifarKind kind) throws IOException {
        byte[] content = stream.readAllBytes();
        if (content.length == 0 || content.length % kind.record() != 0) {
            int whole = content.length / kind.record();
            throw BadDataException.at(
                    file.toString(),
                    "offset " + whole * kind.record() + " (record " + whole + ")",
                    "the file must be whole records of " + kind.record() + " bytes, at least one. Received: "
                            + content.length + " bytes");
        }
        return new CifarFile(file, kind, content);
    }

    int records() {
        return content.length / kind.record();
    }

    /**
     * A record's label.
     *
     * @throws BadRecordException if it is no class
     */
    int label(int record) {
        int offset = record * kind.record() + kind.label();
        int label = content[offset] & 0xFF;
        if (label >= kind.classes()) {
            throw new BadRecordException(
                    "Cannot read %s at offset %d (record %d): a label must be in [0, %d). Received: %d"
                            .formatted(file, offset, record, kind.classes(), label));
        }
        return label;
    }

    /** Writes a record's pixels, channel after channel in the file, as (32, 32, 3). */
    void pixels(int record, byte[] into, int offset) {
        int from = record * kind.record() + kind.labels();
        int plane = CifarKind.SIDE * CifarKind.SIDE;
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < CifarKind.CHANNELS; c++) {
                into[offset + i * CifarKind.CHANNELS + c] = content[from + c * plane + i];
            }
        }
    }
}
