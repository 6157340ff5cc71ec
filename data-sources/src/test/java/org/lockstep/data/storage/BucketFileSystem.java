package org.lockstep.data.storage;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under {@code bucket:/}: a file system that only settings make known. */
public final class BucketFileSystem extends RawLocalFileSystem {

    @Override
    public String getScheme() {
        return "bucket";
    }

    @Override
    public URI getUri() {
        return URI.create("bucket:///");
    }
}
