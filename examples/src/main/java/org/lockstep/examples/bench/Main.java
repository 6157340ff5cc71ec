package org.lockstep.examples.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code bin/lockstep bench}: exits with 0 where the goal was reached, 1 where not, 2 where the arguments are wrong. */
@Command(
        name = "bench",
        description = "Measures Lockstep beside its peers, in the same run.",
        subcommands = {Train.class, HelpCommand.class})
public final class Main {

    static final int MISSED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
