package org.lockstep.examples.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done to an executor. */
enum Kind {
    /** SIGKILL. */
    KILL,
    /** SIGSTOP; for good, or until SIGCONT comes some seconds later. */
    STOP,
    /** Its node's link is down for some seconds. */
    CUT;

    /** The name on the command line and in JSON. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid `--kinds`: must be of kill, stop and cut. Received: " + title));
    }

    static List<String> titles(List<Kind> kinds) {
        return kinds.stream().map(Kind::title).toList();
    }
}
