package org.lockstep.examples.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * {@code bin/lockstep bench}: exits with 0 where all bars that were measured are passed, 1 where one is missed, 2 where the
 * arguments are wrong.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Lockstep beside its limits and its peers, in the same run.",
        subcommands = {Engine.class, Train.class, Input.class, Exchanges.class, HelpCommand.class})
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
