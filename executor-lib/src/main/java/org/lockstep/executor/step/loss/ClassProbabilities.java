package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/** −Σ y log q, with q = p / Σp clipped to [ε, 1 − ε]; no gradient flows where the clip cuts. */
final class ClassProbabilities implements RowLoss {

    private static final double EPSILON = KerasSettings.EPSILON;

    private final ClassTarget target;

    ClassProbabilities(ClassTarget target) {
        this.target = target;
    }

    @Override
    public int targetSize(int classes) {
        return target.size(classes);
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
        double sum = 0;
        for (int i = from; i < from + classes; i++) {
            sum += scores[i];
        }
        double loss = 0;
        double passing = 0;
        for (int i = 0; i < classes; i++) {
            double y = target.at(targets, targetFrom, i, classes);
            double q = scores[from + i] / sum;
            loss -= y == 0 ? 0 : y * StrictMath.log(clip(q));
            passing += clip(q) == q ? y : 0;
        }
        if (gradient != null) {
            for (int i = 0; i < classes; i++) {
                double y = target.at(targets, targetFrom, i, classes);
                double q = scores[from + i] / sum;
                double slope = y == 0 || clip(q) != q ? 0 : -y / q;
                gradient[from + i] = (float) (scale * (slope + passing) / sum);
            }
        }
        return loss;
    }

    /** Into [ε, 1 − ε]; NaN stays NaN. */
    static double clip(double probability) {
        return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
    }
}
