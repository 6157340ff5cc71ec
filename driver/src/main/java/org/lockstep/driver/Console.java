package org.lockstep.driver;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.ProgbarLogger;
import org.lockstep.conf.Verbose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standard output as a place for a run's progress. */
final class Console {

    private static final Logger LOG = LoggerFactory.getLogger("org.lockstep");

    private static final String SPARKS_BAR = "spark.ui.showConsoleProgress";

    private Console() {}

    /**
     * The callback that prints as much as asked for; none where that is nothing. Where Spark draws its bar of stages, as its
     * shell does by default, it does not draw over lines, which would break both.
     */
    static Optional<Callback> of(Verbose verbose, JavaSparkContext spark) {
        if (verbose == Verbose.SILENT) {
            return Optional.empty();
        }
        return Optional.of(ProgbarLogger.of(spark.getConf().getBoolean(SPARKS_BAR, false)));
    }

    /** Warns on the log. */
    static void warn(String warning) {
        LOG.warn("{}", warning);
    }
}
