package org.lockstep.driver.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code lockstep}, also the main class of the assembled jar.
 *
 * <p>Exit status: 0; 1 when a run or a case failed; 2 when the command line or a setting is wrong.
 */
@Command(
        name = "lockstep",
        description = "Keras-style networks, trained on Apache Spark in synchronous data-parallel steps.",
        subcommands = {Train.class, Summary.class, Conform.class},
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class)
public final class Main implements Runnable {

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where an error comes from.")
    private boolean stacktrace;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.exit(run(out, System.err, args));
    }

    /** Runs one command. */
    static int run(PrintStream out, PrintStream err, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> UserError.report(failure, command.getErr(), main.stacktrace));
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
