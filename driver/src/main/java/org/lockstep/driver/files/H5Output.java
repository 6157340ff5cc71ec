package org.lockstep.driver.files;

import io.jhdf.Superblock;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Writes an HDF5 file with jHDF's parts, not with its {@code WritableHdfFile}: that one ends with a line of text after the
 * last dataset, which destroys the groups without datasets that lie there, and names the machine in an attribute.
 */
final class H5Output {

    /** Where the superblock says that the root group lies. */
    private static final long ROOT_ADDRESS = 64;

    private H5Output() {}

    /** Replaces a file by what is put into its root group. */
    static void write(Path file, Consumer<WritableGroup> content) {
        WritableGroupImpl root = new WritableGroupImpl(null, "/");
        content.accept(root);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3();
            HdfFileChannel output = new HdfFileChannel(channel, superblock);
            long end = root.write(output, ROOT_ADDRESS);
            output.write(superblock.toBuffer(end), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
