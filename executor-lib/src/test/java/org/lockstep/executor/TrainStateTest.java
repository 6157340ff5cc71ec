package org.lockstep.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Window;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.ExponentialDecay;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

class TrainStateTest {

    private static final Sequential SMALL = Sequential.of(
            Dense.of(3).inputShape(5),
            BatchNormalization.of(),
            Dense.of(2).trainable(false).biasInitializer("ones"));

    /** A state with 10 MB in its weights and each slot, no two numbers alike, with a NaN and negative zero. */
    private static TrainState large() {
        Sequential model = Sequential.of(Dense.of(1000).inputShape(2621));
        TrainState state = TrainState.initial(model, Adam.of(), 11);
        CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, 0, 0);
        state.slots().forEach((name, values) -> {
            for (int i = 0; i < values.capacity(); i++) {
                values.put(i, random.nextFloat());
            }
            values.put(7, Float.NaN).put(8, -0f);
        });
        state.iterations(1L << 40);
        state.learningRate(0.0123);
        return state;
    }

    private static void assertSameBits(TrainState actual, TrainState expected) {
        assertThat(actual.sha256()).isEqualTo(expected.sha256());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.slots().keySet())
                .containsExactlyElementsOf(expected.slots().keySet());
        expected.slots()
                .forEach((name, values) -> assertThat(actual.slots().get(name)).isEqualTo(values));
        assertThat(actual.iterations()).isEqualTo(expected.iterations());
        assertThat(actual.learningRate()).isEqualTo(expected.learningRate());
        assertThat(actual.weights().isDirect()).isTrue();
        assertThat(actual.weights().order()).isEqualTo(ByteOrder.nativeOrder());
    }

    private static byte[] written(TrainState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        return bytes.toByteArray();
    }

    private static TrainState throughJava(TrainState state) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written(state)))) {
            return (TrainState) in.readObject();
        }
    }

    @Test
    void javaSerialization_sameBits() throws Exception {
        TrainState state = large();
        assertSameBits(throughJava(state), state);
        assertThat(written(state).length).isLessThan(31_900_000);
    }

    @Test
    void kryoWithJavaSerializer_sameBits() {
        TrainState state = large();
        Kryo kryo = new Kryo();
        kryo.register(TrainState.class, new JavaSerializer());
        Output out = new Output(1 << 20, -1);
        kryo.writeObject(out, state);

        assertSameBits(kryo.readObject(new Input(out.toBytes()), TrainState.class), state);
    }

    @Test
    void initial_eachVariableFromItsOwnStream() {
        TrainState state = TrainState.initial(SMALL, SGD.of(), 42);

        WeightLayout layout = SMALL.layout();
        for (int i = 0; i < layout.slots().size(); i++) {
            WeightLayout.Slot slot = layout.slots().get(i);
            float[] actual = new float[slot.size()];
            state.weights().get(slot.offset(), actual);
            assertThat(actual)
                    .as(slot.path())
                    .isEqualTo(slot.variable()
                            .weight()
                            .initializer()
                            .values(
                                    slot.variable().shape().dimensions(),
                                    CounterRandom.of(42, Purpose.INITIAL_WEIGHTS, 0, i, 0)));
        }
        assertThat(state.sha256())
                .isEqualTo(TrainState.initial(SMALL, SGD.of(), 42).sha256());
        assertThat(state.sha256())
                .isNotEqualTo(TrainState.initial(SMALL, SGD.of(), 43).sha256());
    }

    @Test
    void create_zerosOfTheLayoutsSizes() {
        TrainState state = TrainState.create(SMALL.layout(), Adam.of(0.5).amsgrad(true));

        assertThat(state.weights().capacity()).isEqualTo(15 + 3 + 4 * 3 + 6 + 2);
        assertThat(state.slots().keySet()).containsExactly("momentum", "velocity", "velocity_hat");
        state.slots().forEach((name, values) -> assertThat(values).isEqualTo(FloatBuffer.allocate(15 + 3 + 6)));
        assertThat(state.iterations()).isZero();
        assertThat(state.learningRate()).isEqualTo(0.5);
    }

    @Test
    void create_slotsBeginAsTheOptimizerSays() {
        Adagrad optimizer = Adagrad.of().initialAccumulatorValue(0.25);
        TrainState slice = TrainState.create(SMALL.layout(), optimizer, 10, 20);

        FloatBuffer all = FloatBuffer.allocate(15 + 3 + 6);
        Arrays.fill(all.array(), 0.25f);
        assertThat(TrainState.initial(SMALL, optimizer, 1).slot("accumulator")).isEqualTo(all);
        assertThat(slice.slot("accumulator")).isEqualTo(all.slice(10, 10));
        assertThat(slice.slotsFrom()).isEqualTo(10);
    }

    @Test
    void schedule_givesTheRateWhereverTheStateIs() throws Exception {
        Adam optimizer = Adam.of().learningRate(ExponentialDecay.of(0.5, 1, 0.5));
        TrainState state = TrainState.initial(SMALL, optimizer, 1);
        String before = state.sha256();
        assertThat(state.learningRate()).isEqualTo(0.5);
        state.progress(3, 0.7);
        assertThat(state.learningRate()).isEqualTo(0.0625);
        assertThat(state.sha256()).isNotEqualTo(before);
        assertThat(state.copy().learningRate()).isEqualTo(0.0625);
        assertSameBits(throughJava(state), state);
        TrainState other = TrainState.initial(SMALL, Adam.of(), 1);
        other.set(state);
        other.iterations(1);
        assertThat(other.learningRate()).isEqualTo(0.25);
        assertThatThrownBy(() -> state.learningRate(0.1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("created with a `LearningRateSchedule` object as its `learning_rate` argument, "
                        + "hence its learning rate is not settable");
    }

    @Test
    void copy_sharesNothing() {
        TrainState state = TrainState.initial(SMALL, Adam.of(), 1);
        String before = state.sha256();
        TrainState copy = state.copy();
        assertSameBits(copy, state);

        copy.weights().put(0, 5);
        copy.slots().values().iterator().next().put(0, 5);
        copy.iterations(9);

        assertThat(state.sha256()).isEqualTo(before);
        assertThat(copy.sha256()).isNotEqualTo(before);
    }

    @Test
    void hash_dependsOnEveryPart() {
        TrainState state = TrainState.initial(SMALL, SGD.of().momentum(0.9), 1);
        String before = state.sha256();

        TrainState rate = state.copy();
        rate.learningRate(0.5);
        TrainState count = state.copy();
        count.iterations(1);
        TrainState slot = state.copy();
        slot.slots().values().iterator().next().put(23, 1e-30f);
        TrainState weight = state.copy();
        weight.weights().put(weight.weights().capacity() - 1, 1.0000001f);

        assertThat(new String[] {before, rate.sha256(), count.sha256(), slot.sha256(), weight.sha256()})
                .doesNotHaveDuplicates();
    }

    @Test
    void cursor_partOfTheHashAndOfCopies() throws Exception {
        TrainState state = TrainState.initial(SMALL, SGD.of(), 1);
        String outside = state.sha256();
        Cursor cursor = new Cursor(new Window(3, 2, 1, 4, 9), 5, 11, 2, 32, 1);
        state.cursor(cursor);

        assertThat(state.numbersSha256()).isEqualTo(outside);
        assertThat(Stream.of(
                                cursor,
                                cursor.at(new Window(4, 2, 1, 4, 9), 5),
                                cursor.at(new Window(3, 3, 1, 4, 9), 5),
                                cursor.at(new Window(3, 2, 0, 4, 9), 5),
                                cursor.at(new Window(3, 2, 1, 5, 9), 5),
                                cursor.at(new Window(3, 2, 1, 4, 8), 5),
                                cursor.at(cursor.window(), 6),
                                new Cursor(cursor.window(), 5, 12, 2, 32, 1),
                                new Cursor(cursor.window(), 5, 11, 3, 32, 1),
                                new Cursor(cursor.window(), 5, 11, 2, 33, 1),
                                new Cursor(cursor.window(), 5, 11, 2, 32, 2))
                        .map(other -> {
                            TrainState there = state.copy();
                            there.cursor(other);
                            return there.sha256();
                        }))
                .doesNotContain(outside)
                .doesNotHaveDuplicates();
        assertThat(state.copy().cursor()).isEqualTo(cursor);
        assertThat(throughJava(state).cursor()).isEqualTo(cursor);
    }

    @Test
    void rateOrCountOutOfRange_refused() {
        TrainState state = TrainState.create(SMALL.layout(), SGD.of());

        assertThatThrownBy(() -> state.learningRate(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `learning_rate`: must be finite and not negative. Received: NaN");
        assertThatThrownBy(() -> state.iterations(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `iterations`: must not be negative. Received: -1");
    }

    @Test
    void set_takesOnAllOfAnother() {
        TrainState state = large();
        state.cursor(new Cursor(Window.of(3, 5), 2, 1, 2, 8, 1));
        TrainState other =
                TrainState.create(Sequential.of(Dense.of(1000).inputShape(2621)).layout(), Adam.of());
        other.set(state);

        assertSameBits(other, state);
        assertThat(other.cursor()).isEqualTo(state.cursor());
        state.weights().put(0, 42);
        assertThat(other.weights().get(0)).isNotEqualTo(42);
    }

    @Test
    void set_ofAnotherForm_isRefused() {
        TrainState sgd = TrainState.initial(SMALL, SGD.of(), 0);
        TrainState adam = TrainState.initial(SMALL, Adam.of(), 0);

        assertThat(sgd.hasFormOf(adam)).isFalse();
        assertThatThrownBy(() -> sgd.set(adam))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot set a state: it has 38 weights and slots [], the other 38 and [");
    }
}
