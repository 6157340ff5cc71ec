package org.lockstep.driver;

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
    static Optional<Callback> of(Verbose verbose) {
        return verbose == Verbose.SILENT ? Optional.empty() : Optional.of(ProgbarLogger.of());
    }

    /** Warns on the log. */
    static void warn(String warning) {
        LOG.warn("{}", warning);
    }
}
