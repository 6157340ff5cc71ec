package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Gradients that travel as bfloat16. */
class WireTest {

    private static final Sequential MODEL = Sequential.of(Input.of(300), Dense.of(50));
    private static final int LENGTH = MODEL.layout().gradientLength();
    private static final int SAMPLES = 8;

    /** The nearest bfloat16, by the distances to both neighbours; of two as near the one whose last bit is 0. */
    private static float nearest(float value) {
        int bits = Float.floatToRawIntBits(value);
        float below = Float.intBitsToFloat(bits & 0xFFFF_0000);
        float above = Float.intBitsToFloat((bits & 0xFFFF_0000) + 0x1_0000);
        double toBelow = Math.abs((double) value - below);
        double toAbove = Math.abs((double) above - value);
        boolean belowIsEven = (bits & 0x1_0000) == 0;
        return toBelow < toAbove || (toBelow == toAbove && belowIsEven) ? below : above;
    }

    private static float[] roundTrip(float... values) {
        ShortBuffer rounded = ShortBuffer.allocate(values.length);
        float[] back = new float[values.length];
        Bfloat16 bfloat16 = new Bfloat16();
        bfloat16.round(FloatBuffer.wrap(values), rounded, 0, values.length);
        bfloat16.widen(rounded, FloatBuffer.wrap(back));
        return back;
    }

    @Test
    void round_isToTheNearest_tiesToEven() {
        float[] values = new float[20_000];
        CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, 0, 0);
        for (int i = 0; i < values.length; i++) {
            int exponent = random.nextInt(200) + 20;
            values[i] = Float.intBitsToFloat((random.nextInt(1 << 30) << 2 & 0x807F_FFFF) | exponent << 23);
        }
        values[0] = Float.intBitsToFloat(0x3F80_8000);
        values[1] = Float.intBitsToFloat(0x3F81_8000);
        values[2] = -0f;
        float[] back = roundTrip(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(Float.floatToRawIntBits(back[i]))
                    .as("%a", values[i])
                    .isEqualTo(Float.floatToRawIntBits(nearest(values[i])));
        }
    }

    @Test
    void round_keepsWhatIsNotFinite() {
        assertThat(roundTrip(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE))
                .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        for (int bits : new int[] {0x7FC0_0000, 0x7F80_0001, 0xFFFF_FFFF}) {
            assertThat(roundTrip(Float.intBitsToFloat(bits))[0]).isNaN();
        }
    }

    private static float[] gradient(int shard) {
        float[] values = new float[LENGTH];
        CounterRandom random = CounterRandom.of(2, Purpose.SYNTHETIC_DATA, 0, 0, shard);
        for (int i = 0; i < LENGTH; i++) {
            values[i] = random.nextFloat() - 0.4f;
        }
        return values;
    }

    private static float[] trained(Party.Form form) throws Exception {
        TrainState begin = TrainState.create(MODEL.layout(), SGD.of(1));
        try (Party party = form.of(MODEL, SGD.of(1), 2, begin)) {
            CanonicalTree tree = new CanonicalTree(2);
            List<Object> outcomes = party.all((worker, exchange) -> {
                SubtreeSums sums = new SubtreeSums(tree, tree.owned(worker, 2), LENGTH);
                sums.add(worker, sums.buffer().put(0, gradient(worker)), new BatchSums(SAMPLES / 2, 1, new double[2]));
                return exchange.step(worker, sums.nodes()).sums().samples();
            });
            assertThat(outcomes).containsOnly((long) SAMPLES);
            float[] weights = new float[LENGTH];
            party.state().weights().get(0, weights);
            return weights;
        }
    }

    @Test
    void step_roundsWhatTravelsOnly_andAddsAsFloat() throws Exception {
        int border = Slice.of(new Update(MODEL, SGD.of(1)), new Crew(List.of(1, 1)), 1)
                .from();
        assertThat(border).isBetween(1, LENGTH - 1);
        float[] first = gradient(0);
        float[] second = gradient(1);
        float[] expected = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            float sum = i < border ? first[i] + nearest(second[i]) : nearest(first[i]) + second[i];
            expected[i] = 0 - sum / SAMPLES;
        }
        assertThat(trained(Party.network(Wire.BFLOAT16, true, 1, 1))).isEqualTo(expected);
    }

    @Test
    void step_floats_orOneExecutor_roundNothing() throws Exception {
        float[] expected = trained(Party.memory(2));
        assertThat(trained(Party.network(Wire.FLOAT32, true, 1, 1))).isEqualTo(expected);
        assertThat(trained(Party.network(Wire.BFLOAT16, true, 2))).isEqualTo(expected);
        assertThat(trained(Party.network(Wire.BFLOAT16, true, 1, 1))).isNotEqualTo(expected);
    }
}
