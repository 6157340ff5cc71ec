package org.lockstep.driver;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under {@code bucket:/}: a file system that only {@code spark.hadoop.*} makes known. */
public final class BucketFileSystem extends RawLocalFileSystem {

    private static final URI ROOT = URI.create("bucket:///");

    /** What Hadoop's file contexts use. */
    public static final class Abstract extends DelegateToFileSystem {
        public Abstract(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(uri, new BucketFileSystem(), configuration, "bucket", false);
        }
    }

    @Override
    public String getScheme() {
        return "bucket";
    }

    @Override
    public URI getUri() {
        return ROOT;
    }
}
