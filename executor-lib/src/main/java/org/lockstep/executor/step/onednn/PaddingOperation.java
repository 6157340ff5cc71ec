package org.lockstep.executor.step.onednn;

import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Margins;

/**
 * Zeros around images; a convolution that alone reads them may take the margins over and read x itself.
 *
 * @param copy of x into the middle of y, and back
 */
record PaddingOperation(Value x, Value y, Margins margins, DataFormat format, Calls copy) implements Operation {

    /** Whether this makes that value. */
    boolean yields(Value value) {
        return y.isSamePlaceAs(value);
    }

    @Override
    public void forward(Frame frame) {
        y.data().clear();
        copy.forward(frame);
    }

    @Override
    public void backward(Frame frame) {
        copy.backward(frame);
    }

    @Override
    public Uses uses() {
        return copy.uses();
    }
}
