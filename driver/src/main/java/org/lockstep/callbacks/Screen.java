package org.lockstep.callbacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the standard output ends: on something that can draw over a line, or not.
 *
 * <p>Keras asks whether the output is a terminal or a notebook's. {@link System#console} tells of a terminal only where
 * the standard input is one too, so the output's own descriptor is looked at.
 */
final class Screen {

    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    private Screen() {}

    /** Whether a line can be drawn over. */
    @SuppressWarnings("SystemConsoleNull") // true of JDK 22, and Lockstep runs on 17
    static boolean drawsOver() {
        return System.console() != null || isTerminal(OUTPUT) || isNotebook(System.getenv());
    }

    /** Whether a descriptor's link leads to a terminal; false where there is no such link, as on other systems. */
    static boolean isTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether Jupyter started this process as a kernel, whose output knows backspace and return. */
    static boolean isNotebook(Map<String, String> environment) {
        return environment.containsKey("JPY_PARENT_PID");
    }
}
