package org.lockstep.data.storage;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under {@code elsewhere:/}, for files that count as not local. */
public final class ElsewhereFileSystem extends RawLocalFileSystem {

    @Override
    public String getScheme() {
        return "elsewhere";
    }

    @Override
    public URI getUri() {
        return URI.create("elsewhere:///");
    }
}
