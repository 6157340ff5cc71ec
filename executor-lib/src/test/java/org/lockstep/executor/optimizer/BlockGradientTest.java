package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;

class BlockGradientTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 32, 48, 64, 100, 1 << 20})
    void sums_becomeQuotientsToTheBit(long samples) {
        Plan plan = Plan.of(Sequential.of(Dense.of(40).inputShape(100)));
        Block block = plan.blocks().get(0);
        Partials partials = new Partials(plan);
        partials.samples(samples);
        Scratch room = new Scratch();
        float[] expected = new float[block.length()];
        Random random = new Random(1);
        for (int i = 0; i < expected.length; i++) {
            float sum = (float) random.nextGaussian() * (i % 2 == 0 ? 1 : 40 * Float.MIN_VALUE);
            room.g[i] = sum;
            expected[i] = sum / samples;
        }

        new BlockGradient(plan).average(block, partials, room);

        assertThat(room.g).startsWith(expected);
    }
}
