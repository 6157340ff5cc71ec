package org.lockstep.executor.step.loss;

/** 1 where fewer than k predictions are larger than that of the wanted class, as Keras's {@code in_top_k}; else 0. */
record TopHits(boolean oneHot, int k) implements RowMean {

    @Override
    public int targetSize(int classes) {
        return oneHot ? classes : 1;
    }

    @Override
    public double row(float[] predictions, int from, int classes, float[] targets, int targetFrom) {
        int wanted = oneHot ? RowMean.largest(targets, targetFrom, classes) : (int) targets[targetFrom];
        if (wanted < 0 || wanted >= classes || Float.isNaN(predictions[from + wanted])) {
            return 0;
        }
        int larger = 0;
        for (int i = 0; i < classes; i++) {
            larger += predictions[from + i] > predictions[from + wanted] ? 1 : 0;
        }
        return larger < k ? 1 : 0;
    }
}
