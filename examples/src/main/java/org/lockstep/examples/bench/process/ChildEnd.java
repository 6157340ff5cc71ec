package org.lockstep.examples.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The end of a {@link Conversation} in the JVM that was started: lines come on standard input until the other end closes. */
public final class ChildEnd {

    private final PrintStream answers;
    private final BufferedReader lines;

    private ChildEnd(PrintStream answers, BufferedReader lines) {
        this.answers = answers;
        this.lines = lines;
    }

    /** Takes standard input and output; from now on all else that is printed goes to the standard error. */
    public static ChildEnd take() {
        PrintStream answers = System.out;
        System.setOut(System.err);
        return new ChildEnd(answers, new BufferedReader(new InputStreamReader(System.in, UTF_8)));
    }

    /** Says a line. */
    public void answer(String line) {
        answers.println(Conversation.MARK + line);
    }

    /** The next line, null at the end. */
    public @Nullable String next() throws IOException {
        return lines.readLine();
    }
}
