package org.lockstep.data.storage;

import java.io.IOException;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** A file's new content in one of Hadoop's file systems: written beside it, then renamed over it. */
final class HadoopReplacement {

    private HadoopReplacement() {}

    static void write(Path target, Configuration hadoop, StoredFile.Writer writer) throws IOException {
        FileContext files = FileContext.getFileContext(target.toUri(), hadoop);
        Path fresh = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FSDataOutputStream stream = files.create(fresh, EnumSet.of(CreateFlag.CREATE))) {
                writer.write(stream);
                if (stream.hasCapability(StreamCapabilities.HSYNC)) {
                    stream.hsync();
                }
            }
            files.rename(fresh, target, Options.Rename.OVERWRITE);
        } catch (IOException | RuntimeException e) {
            discard(files, fresh, e);
            throw e;
        }
    }

    private static void discard(FileContext files, Path fresh, Exception failure) {
        try {
            if (files.util().exists(fresh)) {
                files.delete(fresh, false);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
