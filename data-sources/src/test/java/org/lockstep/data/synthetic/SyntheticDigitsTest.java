package org.lockstep.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.DataSource;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;

class SyntheticDigitsTest {

    @Test
    void sample_dependsOnSeedAndIndexAlone() {
        Batch digits = all(SyntheticDigits.of(40, 7));
        assertThat(all(SyntheticDigits.of(50, 7).take(40))).isEqualTo(digits);
        assertThat(all(SyntheticDigits.of(40, 8))).isNotEqualTo(digits);
        assertThat(all(SyntheticDigits.of(40, 7).skip(30)).x())
                .isEqualTo(digits.x().rows(30, 40));
    }

    @Test
    void drawing_isTheSameOnEveryMachine() {
        CRC32 sum = new CRC32();
        for (float value : all(SyntheticDigits.of(200, 1)).x().values()) {
            sum.update(Math.round(value * 255));
        }
        assertThat(sum.getValue()).isEqualTo(1119692150L);
    }

    @Test
    void samples_beyondThoseKept_areDrawnEachTime() {
        Samples samples = SyntheticDigits.of(1L << 40, 7).openSamples();
        Tensor first = samples.emptyX(1);
        Tensor again = samples.emptyX(1);
        samples.copy((1L << 40) - 1, first, samples.emptyY(1), 0);
        samples.copy((1L << 40) - 1, again, samples.emptyY(1), 0);
        assertThat(again).isEqualTo(first);
        samples.copy((1L << 32) - 1, again, samples.emptyY(1), 0);
        assertThat(again).isNotEqualTo(first);
    }

    @Test
    void pixelsAndLabels_areInRangeAndVaried() {
        Batch digits = all(SyntheticDigits.of(2000, 3));
        assertThat(digits.x().shape()).containsExactly(2000, 28, 28, 1);
        assertThat(digits.y().shape()).containsExactly(2000);
        int[] counts = new int[10];
        for (float label : digits.y().values()) {
            counts[(int) label]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(140, 260);
        }
        for (int i = 0; i < 2000; i++) {
            float darkest = 1;
            float brightest = 0;
            for (float value : digits.x().rows(i, i + 1).values()) {
                darkest = Math.min(darkest, value);
                brightest = Math.max(brightest, value);
            }
            assertThat(darkest).as("sample %s", i).isBetween(0f, 0.2f);
            assertThat(brightest).as("sample %s", i).isBetween(0.4f, 1f);
        }
    }

    @Test
    void linearModel_staysBelow93PercentOnHeldOutDigits() {
        Batch train = all(SyntheticDigits.of(5000, 5).take(4000));
        Batch test = all(SyntheticDigits.of(5000, 5).skip(4000));
        SoftmaxRegression model = new SoftmaxRegression(784, 10);
        for (int epoch = 0; epoch < 25; epoch++) {
            model.train(train, 0.05f);
        }
        assertThat(model.accuracy(train)).isGreaterThan(0.8);
        assertThat(model.accuracy(test)).isBetween(0.7, 0.93);
    }

    @Test
    void noSamples_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyntheticDigits.of(0, 1))
                .withMessage("Invalid `samples`: must be a positive integer. Received: 0");
    }

    private static Batch all(DataSource source) {
        return source.shard(0, 1)
                .open(new BatchOrder((int) source.samples(), 1, false))
                .get(Window.of(0, 100), 0);
    }

    /** Multinomial logistic regression, one sample after the other. */
    private static final class SoftmaxRegression {

        private final int inputs;
        private final float[][] weights;

        SoftmaxRegression(int inputs, int classes) {
            this.inputs = inputs;
            this.weights = new float[classes][inputs + 1];
        }

        void train(Batch batch, float rate) {
            for (int i = 0; i < batch.size(); i++) {
                float[] scores = scores(batch.x(), i);
                double sum = 0;
                for (float score : scores) {
                    sum += StrictMath.exp(score);
                }
                for (int c = 0; c < scores.length; c++) {
                    double error = StrictMath.exp(scores[c]) / sum - (batch.y().values()[i] == c ? 1 : 0);
                    float step = (float) (rate * error);
                    for (int k = 0; k < inputs; k++) {
                        weights[c][k] -= step * batch.x().values()[i * inputs + k];
                    }
                    weights[c][inputs] -= step;
                }
            }
        }

        double accuracy(Batch batch) {
            int right = 0;
            for (int i = 0; i < batch.size(); i++) {
                float[] scores = scores(batch.x(), i);
                int best = 0;
                for (int c = 1; c < scores.length; c++) {
                    best = scores[c] > scores[best] ? c : best;
                }
                right += best == (int) batch.y().values()[i] ? 1 : 0;
            }
            return (double) right / batch.size();
        }

        private float[] scores(Tensor x, int row) {
            float[] scores = new float[weights.length];
            for (int c = 0; c < scores.length; c++) {
                float score = weights[c][inputs];
                for (int k = 0; k < inputs; k++) {
                    score += weights[c][k] * x.values()[row * inputs + k];
                }
                scores[c] = score;
            }
            return scores;
        }
    }
}
