package org.lockstep.executor.step.loss;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.losses.CategoricalFocalCrossentropy;

/** −Σ α (1 − q)^γ y log q, with q = p / Σp or softmax(z), clipped to [ε, 1 − ε]; no gradient flows where the clip cuts. */
final class CategoricalFocal implements RowLoss {

    private final CategoricalFocalCrossentropy loss;
    private final ClassTarget target;
    private double[] shares = {};

    CategoricalFocal(CategoricalFocalCrossentropy loss) {
        this.loss = loss;
        this.target = ClassTarget.distribution(loss.labelSmoothing());
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
        double total = share(scores, from, classes);
        double sum = 0;
        double passing = 0;
        for (int i = 0; i < classes; i++) {
            double y = target.at(targets, targetFrom, i, classes);
            double q = ClassProbabilities.clip(shares[i]);
            sum -= y == 0 ? 0 : alpha(i, classes) * StrictMath.pow(1 - q, loss.gamma()) * y * StrictMath.log(q);
            passing += slope(i, classes, y) * shares[i];
        }
        if (gradient != null) {
            for (int i = 0; i < classes; i++) {
                double y = target.at(targets, targetFrom, i, classes);
                double slope = slope(i, classes, y) - passing;
                gradient[from + i] = (float) (scale * (loss.fromLogits() ? slope * shares[i] : slope / total));
            }
        }
        return sum;
    }

    /** Makes the shares q, and returns what the scores are divided by. */
    private double share(float[] scores, int from, int classes) {
        shares = shares.length < classes ? new double[classes] : shares;
        double max = 0;
        if (loss.fromLogits()) {
            max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < from + classes; i++) {
                max = Math.max(max, scores[i]);
            }
        }
        double total = 0;
        for (int i = 0; i < classes; i++) {
            shares[i] = loss.fromLogits() ? StrictMath.exp(scores[from + i] - max) : scores[from + i];
            total += shares[i];
        }
        for (int i = 0; i < classes; i++) {
            shares[i] /= total;
        }
        return total;
    }

    /** Of the loss with respect to the share. */
    private double slope(int index, int classes, double y) {
        double q = shares[index];
        if (y == 0 || ClassProbabilities.clip(q) != q) {
            return 0;
        }
        double ofFactor = Focus.slope(1 - q, loss.gamma()) * StrictMath.log(q);
        return alpha(index, classes) * y * (ofFactor - StrictMath.pow(1 - q, loss.gamma()) / q);
    }

    private double alpha(int index, int classes) {
        List<Double> alpha = loss.alpha();
        if (alpha.size() != 1 && alpha.size() != classes) {
            throw new IllegalArgumentException(
                    "Invalid `alpha`: must be one number, or one for each of %d classes. Received: alpha=%s"
                            .formatted(classes, alpha));
        }
        return alpha.get(alpha.size() == 1 ? 0 : index);
    }
}
