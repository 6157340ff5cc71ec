package org.lockstep.examples.bench;

import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.lockstep.examples.bench.process.ChildEnd;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.SideProvider;
import org.lockstep.examples.bench.side.Workload;

/**
 * The JVM of one side: obeys lines, answers each, and ends with its input. Arguments: entrant, then the workload's words.
 */
final class SideMain {

    static final String ROUND = "round";
    static final String ACCURACY = "accuracy";

    private SideMain() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        ChildEnd parent = ChildEnd.take();
        Entrant entrant = Entrant.valueOf(words.get(0));
        Workload workload = Workload.parse(words.subList(1, words.size()));
        try (Side side = start(entrant, workload)) {
            parent.answer(side.description());
            for (String command = parent.next(); command != null; command = parent.next()) {
                parent.answer(command.equals(ROUND) ? side.round().line() : Double.toString(side.accuracy()));
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
