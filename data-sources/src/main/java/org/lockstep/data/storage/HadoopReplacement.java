package org.lockstep.data.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A file's new content in one of Hadoop's file systems: written beside it, then renamed over it. */
final class HadoopReplacement {

    private HadoopReplacement() {}

    static void write(Path target, Configuration hadoop, StoredFile.Writer writer) throws IOException {
        FileContext files = FileContext.getFileContext(target.toUri(), hadoop);
        Path fresh = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream stream = files.create(fresh, EnumSet.of(CreateFlag.CREATE))) {
                writer.write(stream);
            }
            files.rename(fresh, target, Options.Rename.OVERWRITE);
        } finally {
            if (files.util().exists(fresh)) {
                files.delete(fresh, false);
            }
        }
    }
}
