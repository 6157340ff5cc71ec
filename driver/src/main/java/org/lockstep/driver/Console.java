package org.lockstep.driver;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.ProgbarLogger;
import org.lockstep.conf.Verbose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standard output as a place for a run's progress. */
final class Console {

    private static final Logger LOG = LoggerFactory.getLogger("org.lockstep");

    private Console() {}

    /** The callback that prints as much as asked for; none where that is nothing. */
    @SuppressWarnings("SystemConsoleNull") // true of JDK 22, and Lockstep runs on 17
    static Optional<Callback> of(Verbose verbose) {
        if (verbose == Verbose.SILENT) {
            return Optional.empty();
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return Optional.of(new ProgbarLogger(out, System.console() != null, verbose, System::nanoTime));
    }

    /** Warns on the log. */
    static void warn(String warning) {
        LOG.warn("{}", warning);
    }
}
