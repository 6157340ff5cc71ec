package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;

/**
 * The bytes of gradients and weights that each executor sends in a step; what else travels, some hundreds of bytes, is left
 * out.
 *
 * @param sent by rank
 * @param least that an executor of so many sends where each adds up a whole node: 2 · (E − 1) / E · P for float32
 */
public record Traffic(List<Long> sent, double least) {

    /** More than that beyond the least is worth a word: slices differ by a block. */
    private static final double NOTABLE = 1.05;

    public Traffic {
        sent = List.copyOf(sent);
    }

    /** Of a crew's executors. */
    public static Traffic of(Model model, Optimizer optimizer, CanonicalTree tree, Crew crew, Wire wire) {
        Update update = new Update(model, optimizer);
        int executors = crew.sizes().size();
        long all = update.offset(update.blocks());
        List<Long> sent = new ArrayList<>();
        for (int rank = 0; rank < executors; rank++) {
            long own = Slice.of(update, crew, rank).length();
            long nodes = tree.within(crew.shards(tree, rank)).size();
            sent.add(nodes * (all - own) * Outgoing.size(wire) + (executors - 1) * own * Float.BYTES);
        }
        double share = (executors - 1.0) / executors;
        return new Traffic(sent, share * all * (Outgoing.size(wire) + Float.BYTES));
    }

    /** Of the executor that sends most. */
    public long most() {
        return sent.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Whether executors that own parts of nodes only must send much more. */
    public boolean isNotable() {
        return most() > NOTABLE * least;
    }
}
