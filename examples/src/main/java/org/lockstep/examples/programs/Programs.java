package org.lockstep.examples.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Programs of the system. */
public final class Programs {

    private static final int SECONDS = 20;

    private Programs() {}

    /**
     * Runs a program to its end.
     *
     * @throws IllegalStateException with what it says, where it is missing or fails
     */
    public static void run(String... command) {
        String line = String.join(" ", command);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("`%s` does not end".formatted(line));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("`%s` fails: %s".formatted(line, said));
            }
        } catch (IOException e) {
            throw new IllegalStateException("`%s` does not start: %s".formatted(line, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("`%s` was interrupted".formatted(line), e);
        }
    }
}
