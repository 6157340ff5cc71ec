package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/** The mean over the last axis of (p − y)². */
record SquaredError() implements RowLoss {

    @Override
    public int targetSize(int classes) {
        return classes;
    }

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        double loss = 0;
        for (int i = 0; i < classes; i++) {
            double error = (double) scores[from + i] - targets[targetFrom + i];
            loss += error * error;
            if (gradient != null) {
                gradient[from + i] = (float) (scale * 2 * error / classes);
            }
        }
        return loss / classes;
    }
}
