package org.lockstep.data.idx;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Loaded;
import org.lockstep.data.storage.StoredFile;

/** A whole IDX file in memory, its values as they are in the file. */
final class IdxContent {

    private final IdxHeader header;
    private final List<byte[]> records;

    private IdxContent(IdxHeader header, List<byte[]> records) {
        this.header = header;
        this.records = records;
    }

    /** The file's content, read once by this JVM as long as the file stays the same. */
    static IdxContent of(StoredFile file) {
        return Loaded.of(file.version(), IdxContent.class, () -> file.read(stream -> read(stream, file)));
    }

    IdxHeader header() {
        return header;
    }

    /** The bytes of a record: not a copy. */
    byte[] record(int index) {
        return records.get(index);
    }

    private static IdxContent read(InputStream stream, StoredFile file) throws IOException {
        IdxHeader header = IdxHeader.read(stream, file);
        int size = header.recordSize(file);
        // Both lists grow with what is there, so a header that lies about its size cannot exhaust the memory.
        List<byte[]> records = new ArrayList<>();
        while (records.size() < header.records()) {
            byte[] record = next(stream, size);
            if (record.length < size) {
                long offset = header.length() + (long) records.size() * size + record.length;
                throw BadDataException.at(
                        file.toString(),
                        "offset " + offset + " (record " + records.size() + ")",
                        "the file is truncated: expected " + header.records() + " records of " + size
                                + " bytes. Received: " + records.size() + " whole records");
            }
            records.add(record);
        }
        if (stream.read() != -1) {
            throw BadDataException.at(
                    file.toString(),
                    "offset " + (header.length() + (long) records.size() * size),
                    "the file goes on after the " + records.size() + " records that its header announces");
        }
        return new IdxContent(header, records);
    }

    /** The next record, or less where the file, or its gzip stream, ends. */
    private static byte[] next(InputStream stream, int size) throws IOException {
        try {
            return stream.readNBytes(size);
        } catch (EOFException truncatedGzip) {
            return new byte[0];
        }
    }
}
