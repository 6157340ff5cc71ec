package org.lockstep.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of bad records as they are met, each handed out once. Safe for several threads. */
final class SkippedNames {

    private final Set<String> known = new HashSet<>();
    private List<String> fresh = new ArrayList<>();

    synchronized void add(String name) {
        if (known.add(name)) {
            fresh.add(name);
        }
    }

    /** Those that the last call did not give. */
    synchronized List<String> drain() {
        List<String> drained = fresh;
        fresh = new ArrayList<>();
        return drained;
    }
}
