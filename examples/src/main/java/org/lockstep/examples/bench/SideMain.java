package org.lockstep.examples.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceLoader;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.SideProvider;
import org.lockstep.examples.bench.side.Workload;

/**
 * The JVM of one side: obeys lines on standard input, answers each with a line of {@link #MARK}, and ends with its
 * input. Arguments: entrant, then the workload's words.
 */
final class SideMain {

    static final String MARK = "bench> ";
    static final String ROUND = "round";
    static final String ACCURACY = "accuracy";

    private SideMain() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        PrintStream answers = System.out;
        System.setOut(System.err);
        Entrant entrant = Entrant.valueOf(words.get(0));
        Workload workload = Workload.parse(words.subList(1, words.size()));
        try (Side side = start(entrant, workload);
                BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            answers.println(MARK + side.description());
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                answers.println(MARK + (command.equals(ROUND) ? side.round().line() : side.accuracy()));
            }
        }
        // Whatever threads a side has left.
        System.exit(0);
    }

    private static Side start(Entrant entrant, Workload workload) {
        if (entrant.peer() == null) {
            return entrant.start(workload);
        }
        for (SideProvider provider : ServiceLoader.load(SideProvider.class)) {
            if (provider.title().equals(entrant.title())) {
                return provider.start(workload);
            }
        }
        throw new IllegalStateException("Cannot start " + entrant.title() + ": the class path holds no "
                + SideProvider.class.getName() + " for it");
    }
}
