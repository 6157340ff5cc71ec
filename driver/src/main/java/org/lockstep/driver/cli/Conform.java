package org.lockstep.driver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lockstep.driver.conformance.Conformance;
import org.lockstep.driver.conformance.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep conformance}: reference cases against the public API. */
@Command(name = "conformance", description = "Run reference cases and say how far each is off; exit 1 if any fails.")
final class Conform implements Callable<Integer> {

    @Parameters(paramLabel = "FILE.json", description = "Reference cases.")
    private Path file = Path.of("");

    @Option(names = "--filter", paramLabel = "OP", description = "Run only the cases of this op, such as conv2d.")
    private @Nullable String op;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("Cannot read cases: there is no file " + file.toAbsolutePath());
        }
        PrintWriter out = spec.commandLine().getOut();
        try (OneWorker worker = new OneWorker()) {
            List<Outcome> outcomes = new Conformance(worker::model)
                    .run(Files.readString(file), op, outcome -> out.println(Outcomes.line(outcome)));
            out.println();
            Outcomes.counts(outcomes).forEach(out::println);
            out.flush();
            boolean failed = outcomes.stream().anyMatch(outcome -> outcome.status() == Outcome.Status.FAIL);
            return failed ? 1 : 0;
        }
    }
}
