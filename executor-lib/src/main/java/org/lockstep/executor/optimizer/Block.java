package org.lockstep.executor.optimizer;

/** A piece of one variable, small enough for scratch arrays; which blocks there are depends on the model alone. */
record Block(int part, int offset, int length) {

    static final int LENGTH = 4096;
}
