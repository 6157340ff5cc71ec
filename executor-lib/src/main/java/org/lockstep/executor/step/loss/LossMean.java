package org.lockstep.executor.step.loss;

/** A loss's value, or its negative. */
record LossMean(RowLoss loss, boolean isNegated) implements RowMean {

    @Override
    public int targetSize(int classes) {
        return loss.targetSize(classes);
    }

    @Override
    public double row(float[] predictions, int from, int classes, float[] targets, int targetFrom) {
        double value = loss.row(predictions, from, classes, targets, targetFrom, 1, null);
        return isNegated ? -value : value;
    }
}
