package org.lockstep.executor.optimizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring blocks that are all plain, or all not.
 *
 * @param fromBlock the first
 * @param toBlock one past the last
 * @param isPlain whether their variables are trainable and have no penalty
 */
record Run(int fromBlock, int toBlock, boolean isPlain) {

    /** The fewest runs that these parts are, in order. */
    static List<Run> of(List<Part> parts) {
        List<Run> runs = new ArrayList<>();
        for (Part part : parts) {
            boolean isPlain = part.isTrainable() && part.regularizer() == null;
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).isPlain() == isPlain) {
                runs.set(last, new Run(runs.get(last).fromBlock(), part.toBlock(), isPlain));
            } else {
                runs.add(new Run(part.fromBlock(), part.toBlock(), isPlain));
            }
        }
        return List.copyOf(runs);
    }

    /** What of this run is between these blocks; without a block where nothing is. */
    Run within(int from, int to) {
        int begin = Math.max(fromBlock, from);
        return new Run(begin, Math.max(begin, Math.min(toBlock, to)), isPlain);
    }
}
