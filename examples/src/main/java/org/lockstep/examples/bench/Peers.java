package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the peers' class paths are: each is a module of the Maven profile {@code peers}, which writes its class path to a
 * file. The default build leaves them out.
 */
final class Peers {

    /** The property that names the folder of the peers' modules; {@code bin/lockstep bench} sets it. */
    static final String FOLDER = "lockstep.bench.peers";

    private Peers() {}

    /**
     * The whole class path of a peer's process.
     *
     * @throws IllegalArgumentException if it was not built
     */
    static String classPath(String peer) {
        Path file = file(peer);
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "Cannot measure %s: it is not built. `bin/lockstep bench` builds it, and so does `mvn -Ppeers process-classes`. Received: %s"
                            .formatted(peer, file == null ? "no property " + FOLDER : "no file " + file));
        }
        try {
            return file.resolveSibling("classes")
                    + System.getProperty("path.separator")
                    + Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path file(String peer) {
        String folder = System.getProperty(FOLDER);
        return folder == null ? null : Path.of(folder, peer, "target", "peer.classpath");
    }
}
