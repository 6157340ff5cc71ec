package org.lockstep.data.spark;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.SparkEnv;

/**
 * A shard file mapped into memory, from a copy in one of Spark's local folders. The copy has no name any more: the disk is
 * free again when the last reader lets go of it, and when the JVM ends.
 */
final class LocalCopy {

    /** Bytes of a mapping, of which Java allows 2^31 - 1. */
    private static final int MAPPING = 1 << 30;

    private final RecordFormat format;
    private final int rowsPerMapping;
    private final List<ByteBuffer> mappings;

    private LocalCopy(RecordFormat format, int rowsPerMapping, List<ByteBuffer> mappings) {
        this.format = format;
        this.rowsPerMapping = rowsPerMapping;
        this.mappings = mappings;
    }

    /**
     * Fetches and checks a file.
     *
     * @throws LostShardFileException if no executor has it with its checksum; all copies are then forgotten
     * @throws UncheckedIOException if this machine cannot keep the copy
     */
    static LocalCopy fetch(Blocks blocks, WrittenFile file, RecordFormat format) {
        Path path = SparkEnv.get()
                .blockManager()
                .diskBlockManager()
                .createTempLocalBlock()
                ._2()
                .toPath();
        try {
            Files.createFile(path);
            try (FileChannel channel = FileChannel.open(path, READ, WRITE)) {
                fill(channel, blocks, file);
                return map(channel, file, format);
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy shard file " + file.file() + " to " + path + ": " + e, e);
        } catch (LostShardFileException e) {
            blocks.forget(file.file());
            throw e;
        }
    }

    private static void fill(FileChannel channel, Blocks blocks, WrittenFile file) throws IOException {
        MessageDigest digest = WrittenFile.digest();
        try {
            blocks.read(file.file(), piece -> {
                digest.update(piece);
                write(channel, piece);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (!sha256.equals(file.sha256())) {
            throw new LostShardFileException(
                    file.file(),
                    "its checksum " + sha256 + " differs from the one it was written with, " + file.sha256(),
                    null);
        }
    }

    private static void write(FileChannel channel, byte[] piece) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalCopy map(FileChannel channel, WrittenFile file, RecordFormat format) throws IOException {
        int rows = Math.max(1, MAPPING / format.recordLength());
        long stride = (long) rows * format.recordLength();
        List<ByteBuffer> mappings = new ArrayList<>();
        for (long start = format.headerLength(); start < file.length(); start += stride) {
            long length = Math.min(stride, file.length() - start);
            mappings.add(channel.map(MapMode.READ_ONLY, start, length));
        }
        return new LocalCopy(format, rows, mappings);
    }

    /** One row's record: a view of its own, whose position is 0 and whose order is that of the file. */
    ByteBuffer record(long row) {
        int length = format.recordLength();
        ByteBuffer mapping = mappings.get((int) (row / rowsPerMapping));
        return mapping.slice((int) (row % rowsPerMapping) * length, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
