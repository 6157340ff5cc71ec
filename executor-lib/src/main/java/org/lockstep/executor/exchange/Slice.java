package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import org.lockstep.executor.optimizer.Update;

/**
 * The part of the gradient vector that one executor averages and updates.
 *
 * @param fromBlock its first block
 * @param toBlock one past its last block
 * @param from its first number in the flat vector
 * @param to one past its last
 */
public record Slice(int fromBlock, int toBlock, int from, int to) {

    static Slice of(Update update, Crew crew, int rank) {
        int first = crew.block(update.blocks(), crew.first(rank));
        return of(update, first, crew.block(update.blocks(), crew.first(rank + 1)));
    }

    static Slice of(Update update, int fromBlock, int toBlock) {
        return new Slice(fromBlock, toBlock, update.offset(fromBlock), update.offset(toBlock));
    }

    int blocks() {
        return toBlock - fromBlock;
    }

    int length() {
        return to - from;
    }

    int bytes() {
        return Math.multiplyExact(length(), Float.BYTES);
    }

    /** Its bytes of a whole vector's. */
    ByteBuffer of(ByteBuffer vector) {
        return of(vector, Float.BYTES);
    }

    /** Its bytes of a whole vector of numbers of so many bytes. */
    ByteBuffer of(ByteBuffer vector, int size) {
        return vector.slice(from * size, length() * size);
    }
}
