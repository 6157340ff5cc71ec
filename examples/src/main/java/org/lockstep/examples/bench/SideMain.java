package org.lockstep.examples.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * The JVM of one side: obeys lines on standard input, answers each with a line of {@link #MARK}, and ends with its
 * input. Arguments: side, master, steps.
 */
final class SideMain {

    static final String MARK = "bench> ";
    static final String EPOCH = "epoch";
    static final String ACCURACY = "accuracy";

    private SideMain() {}

    public static void main(String[] arguments) throws IOException {
        Workload workload = new Workload(arguments[1], Integer.parseInt(arguments[2]));
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (Side side = Entrant.valueOf(arguments[0]).start(workload);
                BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            answers.println(MARK + side.description());
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                answers.println(MARK + (command.equals(EPOCH) ? side.epoch() : side.accuracy()));
            }
        }
        // Whatever threads a side has left.
        System.exit(0);
    }
}
