package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/** −Σ y log softmax(z), with the gradient softmax(z) Σy − y: no clipping anywhere. */
final class SoftmaxLogits implements RowLoss {

    private final ClassTarget target;
    private double[] powers = {};

    SoftmaxLogits(ClassTarget target) {
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
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + classes; i++) {
            max = Math.max(max, scores[i]);
        }
        powers = powers.length < classes ? new double[classes] : powers;
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            powers[i] = StrictMath.exp(scores[from + i] - max);
            sum += powers[i];
        }
        double logSum = max + StrictMath.log(sum);
        double loss = 0;
        double mass = 0;
        for (int i = 0; i < classes; i++) {
            double y = target.at(targets, targetFrom, i, classes);
            mass += y;
            loss += y == 0 ? 0 : y * (logSum - scores[from + i]);
        }
        if (gradient != null) {
            for (int i = 0; i < classes; i++) {
                double y = target.at(targets, targetFrom, i, classes);
                gradient[from + i] = (float) (scale * (powers[i] / sum * mass - y));
            }
        }
        return loss;
    }
}
