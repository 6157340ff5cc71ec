package org.lockstep.callbacks;

import java.util.Map;
import org.lockstep.callbacks.python.PythonFloat;

/** Stops training at the step after which the loss is no number or infinite, as Keras 3's. */
public final class TerminateOnNaN extends Callback {

    private boolean raisesError;

    private TerminateOnNaN() {}

    /** Prints and stops. */
    public static TerminateOnNaN of() {
        return new TerminateOnNaN();
    }

    /** Whether the fit fails instead of ending. Default false. */
    public TerminateOnNaN raiseError(boolean value) {
        raisesError = value;
        return this;
    }

    /** True: the step whose loss or gradient is not finite ends the segment, before it reaches the weights. */
    @Override
    public boolean takesNonFinite() {
        return true;
    }

    /** False: the step that it waits for is the last in any case. */
    @Override
    public boolean isSynchronous() {
        return false;
    }

    @Override
    public void onBatchEnd(int batch, Map<String, Double> logs) {
        Double loss = logs.get("loss");
        if (loss == null || Double.isFinite(loss)) {
            return;
        }
        if (raisesError) {
            throw new IllegalStateException(
                    "NaN or Inf loss encountered at batch %d. Loss value: %s. Terminating training immediately."
                            .formatted(batch, PythonFloat.repr(loss)));
        }
        Output.print("Batch %d: Invalid loss, terminating training".formatted(batch));
        model().stopTraining();
    }
}
