package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.model.Sequential;
import org.lockstep.report.LayerTimes;
import org.lockstep.report.StepProfile;

class ProfilerTest {

    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");

    @Test
    void profile_ofLenet_countsProductsAndTimesLayers() {
        Sequential model = StepTiming.lenet();
        Batch batch = WholeNetworkTest.batch(model, 8, 10);
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            StepProfile profile = bench.profile(batch, 5);
            assertThat(profile.samples()).isEqualTo(8);
            assertThat(profile.threads()).isEqualTo(1);
            assertThat(profile.peakGigaflops()).isPositive();
            assertThat(profile.layers())
                    .extracting(LayerTimes::name)
                    .containsExactly(
                            "conv2d", "max_pooling2d", "conv2d_1", "max_pooling2d_1", "flatten", "dense", "dense_1");
            // Twice the multiplications: output numbers times the kernel's numbers for each. The first layer's input
            // has
            // no gradient.
            long first = 2L * 8 * 28 * 28 * 20 * 25;
            long second = 2L * 8 * 14 * 14 * 50 * 25 * 20;
            assertThat(profile.layers())
                    .extracting(LayerTimes::forwardFlops)
                    .containsExactly(first, 0L, second, 0L, 0L, 2L * 8 * 2450 * 500, 2L * 8 * 500 * 10);
            assertThat(profile.layers())
                    .extracting(LayerTimes::backwardFlops)
                    .containsExactly(first, 0L, 2 * second, 0L, 0L, 4L * 8 * 2450 * 500, 4L * 8 * 500 * 10);
            assertThat(profile.layers().get(2).forwardNanos()).isPositive();
            assertThat(profile.layers().get(2).backwardNanos()).isPositive();
            assertThat(profile.layers().get(4).nanos()).isZero();
            assertThat(profile.stepNanos()).isPositive();
            assertThat(profile.peakShare(profile.layers().get(2))).isPositive();
        }
    }

    @Test
    void profiledStep_isTheSameStep() {
        Sequential model = WholeNetworkTest.everything("channels_last");
        Batch batch = WholeNetworkTest.batch(model, 5, 4);
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            double loss = bench.train(batch).loss();
            float[] gradient = bench.gradient();
            bench.profile(batch, 2);
            assertThat(bench.train(batch).loss()).isEqualTo(loss);
            assertThat(bench.gradient()).isEqualTo(gradient);
        }
    }

    @Test
    void median_isTheLowerOfTheMiddle() {
        assertThat(List.of(Profiler.median(new long[] {3, 1, 2}), Profiler.median(new long[] {4, 1, 3, 2})))
                .containsExactly(2L, 2L);
    }
}
