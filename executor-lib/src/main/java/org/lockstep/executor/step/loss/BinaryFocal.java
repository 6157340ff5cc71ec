package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;
import org.lockstep.losses.BinaryFocalCrossentropy;

/**
 * The mean over the last axis of w (1 − q)^γ c, with the crossentropy c of the clipped p and y, q = y p + (1 − y)(1 − p), and
 * the class's weight w.
 */
record BinaryFocal(BinaryFocalCrossentropy loss) implements RowLoss {

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            double y = targets[targetFrom + i] * (1 - loss.labelSmoothing()) + loss.labelSmoothing() / 2;
            double p = loss.fromLogits() ? Binary.sigmoid(scores[from + i]) : scores[from + i];
            double weight = loss.balancing() ? y * loss.alpha() + (1 - y) * (1 - loss.alpha()) : 1;
            double far = 1 - (y * p + (1 - y) * (1 - p));
            double crossentropy = Binary.fromProbability(p, y);
            double factor = StrictMath.pow(far, loss.gamma());
            sum += weight * factor * crossentropy;
            if (gradient != null) {
                double ofFactor = Focus.slope(far, loss.gamma()) * (1 - 2 * y);
                double slope = weight * (ofFactor * crossentropy + factor * Binary.slope(p, y));
                gradient[from + i] = (float) (scale * slope * (loss.fromLogits() ? p * (1 - p) : 1) / classes);
            }
        }
        return sum / classes;
    }
}
