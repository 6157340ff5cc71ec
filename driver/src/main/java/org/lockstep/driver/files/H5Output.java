package org.lockstep.driver.files;

import io.jhdf.Superblock;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes an HDF5 file with jHDF's parts, not with its {@code WritableHdfFile}: that one ends with a line of text after the
 * last dataset, which destroys the groups without datasets that lie there, and names the machine in an attribute.
 *
 * <p>Behind the superblock lies the heap of long texts, where there are any, and then the root group.
 */
final class H5Output {

    /** Where the superblock's room ends. */
    private static final long FIRST_ADDRESS = 64;

    private H5Output() {}

    /** Replaces a file by what is put into its root group. */
    static void write(Path file, Consumer<WritableGroup> content) {
        write(file, (root, strings) -> content.accept(root));
    }

    /** Replaces a file by what is put into its root group and, as long texts, into attributes. */
    static void write(Path file, BiConsumer<WritableGroup, H5Strings> content) {
        WritableGroupImpl root = new WritableGroupImpl(null, "/");
        H5Strings strings = new H5Strings(FIRST_ADDRESS);
        content.accept(root, strings);
        ByteBuffer heap = strings.heap();
        long rootAddress = FIRST_ADDRESS + heap.capacity();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3(0, rootAddress);
            HdfFileChannel output = new HdfFileChannel(channel, superblock);
            output.write(heap, FIRST_ADDRESS);
            long end = root.write(output, rootAddress);
            output.write(superblock.toBuffer(end), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
