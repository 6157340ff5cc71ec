package org.lockstep.executor.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring blocks whose variables are updated alike.
 *
 * @param fromBlock the first
 * @param toBlock one past the last
 * @param penalty of their weights; null for moving statistics and where a penalty needs a whole variable
 */
record Run(int fromBlock, int toBlock, @Nullable Factors penalty) {

    /** The fewest runs that these parts are, in order. */
    static List<Run> of(List<Part> parts) {
        List<Run> runs = new ArrayList<>();
        for (Part part : parts) {
            Factors penalty = part.isTrainable() && !part.hasWholePenalty() ? part.penalty() : null;
            int last = runs.size() - 1;
            if (last >= 0 && Objects.equals(runs.get(last).penalty(), penalty)) {
                runs.set(last, new Run(runs.get(last).fromBlock(), part.toBlock(), penalty));
            } else {
                runs.add(new Run(part.fromBlock(), part.toBlock(), penalty));
            }
        }
        return List.copyOf(runs);
    }

    /** What of this run is between these blocks; without a block where nothing is. */
    Run within(int from, int to) {
        int begin = Math.max(fromBlock, from);
        return new Run(begin, Math.max(begin, Math.min(toBlock, to)), penalty);
    }
}
