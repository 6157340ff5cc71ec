package org.lockstep.executor.optimizer;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of one variable, small enough for scratch arrays; which blocks there are depends on the model alone.
 *
 * @param pieces what it is cut into where weights, gradient and slots are at work together, so that all of them stay in
 *     the cache next to the core; empty for such a piece
 */
record Block(int part, int offset, int length, List<Block> pieces) {

    static final int LENGTH = 4096;

    private static final int PIECE = 1024;

    static Block of(int part, int offset, int length) {
        List<Block> pieces = new ArrayList<>();
        for (int done = 0; done < length; done += PIECE) {
            pieces.add(new Block(part, offset + done, Math.min(PIECE, length - done), List.of()));
        }
        return new Block(part, offset, length, List.copyOf(pieces));
    }
}
