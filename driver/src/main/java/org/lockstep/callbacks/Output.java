package org.lockstep.callbacks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where callbacks speak: messages to the standard output, as Keras prints them, warnings to the log. */
final class Output {

    private static final Logger LOG = LoggerFactory.getLogger("org.lockstep.callbacks");

    private Output() {}

    /** Prints a line. */
    static void print(String message) {
        System.out.print(message + "\n");
        System.out.flush();
    }

    /** Logs a warning; on the standard error, as Lockstep's log is set up. */
    static void warn(String message) {
        LOG.warn(message);
    }
}
