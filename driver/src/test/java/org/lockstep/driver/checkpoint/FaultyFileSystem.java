package org.lockstep.driver.checkpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.ChecksumOpt;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system under the scheme {@code faulty}, whose process dies, whose disk is full, or which fails once, as
 * told. Operations that change something are counted, those that read are not. As on S3, a file is replaced by deleting it
 * and then renaming the new one.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {

    private static final URI ROOT = URI.create("faulty:///");
    private static final long NEVER = Long.MAX_VALUE;

    private static long operationsLeft = NEVER;
    private static long bytesLeft = NEVER;
    private static boolean dies;

    static {
        Configuration.addDefaultResource("faulty-fs.xml");
    }

    /** What Hadoop's file contexts use. */
    public static final class Abstract extends DelegateToFileSystem {
        public Abstract(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(uri, new FaultyFileSystem(), configuration, "faulty", false);
        }
    }

    /** Works; call it before and after each use. */
    static void works() {
        operationsLeft = NEVER;
        bytesLeft = NEVER;
        dies = false;
    }

    /** Nothing works any more after so many operations: what is then on the disk is what a killed process leaves. */
    static void diesAfter(long operations) {
        works();
        operationsLeft = operations;
        dies = true;
    }

    /** One operation fails after so many. */
    static void failsOnceAfter(long operations) {
        works();
        operationsLeft = operations;
    }

    /** The disk has room for so many bytes. */
    static void hasRoomFor(long bytes) {
        works();
        bytesLeft = bytes;
    }

    private static void operate() throws IOException {
        reach();
        if (operationsLeft != NEVER && --operationsLeft == -1) {
            throw new IOException(dies ? "the process is dead" : "a passing failure");
        }
    }

    private static void reach() throws IOException {
        if (dies && operationsLeft < 0) {
            throw new IOException("the process is dead");
        }
    }

    private static final class Limited extends FilterOutputStream {
        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            reach();
            if (bytesLeft < length) {
                out.write(bytes, offset, (int) Math.max(0, bytesLeft));
                bytesLeft = -1;
                throw new IOException("No space left on device");
            }
            if (bytesLeft != NEVER) {
                bytesLeft -= length;
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.close();
            operate();
        }
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    private static FSDataOutputStream limited(FSDataOutputStream stream) throws IOException {
        return new FSDataOutputStream(new Limited(stream), null);
    }

    @Override
    @SuppressWarnings("deprecation")
    protected FSDataOutputStream primitiveCreate(
            Path path,
            FsPermission permission,
            EnumSet<CreateFlag> flags,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress,
            ChecksumOpt checksum)
            throws IOException {
        operate();
        return limited(
                super.primitiveCreate(path, permission, flags, bufferSize, replication, blockSize, progress, checksum));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        operate();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        operate();
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        operate();
        return super.mkdirs(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        reach();
        return super.listStatus(path);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        reach();
        return super.open(path, bufferSize);
    }
}
