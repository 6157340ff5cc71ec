package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;

/** The squared norms of the averaged gradient, block by block in their order. */
final class Norms {

    private final Plan plan;
    private final Partials partials;
    private final FloatBuffer weights;
    private final Scratch room;
    private int lastPart = -1;
    private List<Pass> averaging = List.of();

    Norms(Plan plan, Partials partials, FloatBuffer weights, Scratch room) {
        this.plan = plan;
        this.partials = partials;
        this.weights = weights;
        this.room = room;
    }

    /** That of a block whose sums are in the room; 0 for moving statistics. */
    double squared(Block block) {
        Part part = plan.parts().get(block.part());
        if (!part.isTrainable()) {
            return 0;
        }
        if (block.part() != lastPart) {
            lastPart = block.part();
            averaging = Averaging.of(part, partials.divisors().of(part));
        }
        weights.get(block.offset(), room.loops.at(Operand.WEIGHTS), 0, block.length());
        if (part.hasWholePenalty()) {
            partials.readPenalty(block, part, room.loops.at(Operand.PENALTY));
        }
        room.loops.run(averaging, block.length());
        return room.sums.squares(room.loops.at(Operand.GRADIENT), block.length());
    }
}
