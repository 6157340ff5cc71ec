package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.constraints.RadialConstraint;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adadelta;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Adamax;
import org.lockstep.optimizers.Lion;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.CosineDecay;
import org.lockstep.optimizers.schedules.InverseTimeDecay;
import org.lockstep.optimizers.schedules.PiecewiseConstantDecay;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.OrthogonalRegularizer;

class UpdateTest {

    private static final int STEPS = 3;

    /** A kernel of four blocks under a norm over whole filters, penalties of all kinds, moving and frozen variables. */
    private static Sequential model() {
        return Sequential.of(
                Conv2D.of(8, 3)
                        .kernelRegularizer(L2.of())
                        .biasConstraint("max_norm")
                        .inputShape(8, 8, 3),
                BatchNormalization.of().momentum(0.75),
                Conv2D.of(150, 3).kernelConstraint(MaxNorm.of(0.1).axis(0, 1, 2)),
                Conv2D.of(4, 1).trainable(false).kernelRegularizer("l2").kernelConstraint("unit_norm"),
                Flatten.of(),
                Dense.of(40)
                        .kernelRegularizer(new OrthogonalRegularizer(0.3, "columns"))
                        .kernelConstraint("non_neg"),
                Dense.of(7).kernelRegularizer(OrthogonalRegularizer.of()).biasRegularizer(L1L2.of(0.1, 0.2)));
    }

    static List<Optimizer> optimizers() {
        return List.of(
                Adam.of(0.01).globalClipnorm(0.5).weightDecay(0.01),
                Adam.of(0.01).amsgrad(true).clipvalue(0.2),
                SGD.of(0.1).momentum(0.9).clipnorm(0.3),
                SGD.of(0.1),
                RMSprop.of(0.01).momentum(0.5).centered(true),
                Adagrad.of(0.01).clipnorm(0.3),
                Adadelta.of(0.5).weightDecay(0.01),
                Adamax.of(0.01).globalClipnorm(0.5),
                Nadam.of(0.01).clipvalue(0.2),
                Lion.of().weightDecay(0.1).learningRate(CosineDecay.of(0.01, 10)));
    }

    private static GradientSums gradients(Sequential model, long step) {
        CounterRandom random = CounterRandom.of(5, Purpose.SYNTHETIC_DATA, 0, (int) step, 0);
        float[] sums = new float[model.layout().gradientLength()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = 10 * random.nextFloat() - 4;
        }
        return (offset, length, into) -> System.arraycopy(sums, offset, into, 0, length);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anyNumberOfWorkers_sameBits(Optimizer optimizer) throws Exception {
        Sequential model = model();
        Update update = new Update(model, optimizer);
        int all = update.blocks();
        TrainState start = TrainState.initial(model, optimizer, 3);
        TrainState one = start.copy();
        List<Double> penalties = new Crew(update, one, 0, all).run(STEPS, 13, step -> gradients(model, step));

        int[][] splits = {{0, 1, all}, {0, 5, 5, all}, {0, all / 3, 2 * all / 3, all}, {0, 2, 3, 4, 6, all}};
        for (int[] cuts : splits) {
            TrainState shared = start.copy();
            assertThat(new Crew(update, shared, cuts).run(STEPS, 13, step -> gradients(model, step)))
                    .isEqualTo(penalties);
            assertThat(shared.sha256()).as("%s", Arrays.toString(cuts)).isEqualTo(one.sha256());
        }
        assertThat(one.sha256()).isNotEqualTo(start.sha256());
        assertThat(one.iterations()).isEqualTo(STEPS);
    }

    @Test
    void kernelOfSeveralBlocks_maxNormHoldsForWholeFilters() throws Exception {
        Sequential model = model();
        Update update = new Update(model, SGD.of(0.1));
        TrainState state = TrainState.initial(model, SGD.of(0.1), 3);
        new Crew(update, state, 0, 4, update.blocks()).run(1, 13, step -> gradients(model, step));

        int offset = model.layout().ofLayer(2).get(0).offset();
        for (int filter = 0; filter < 150; filter++) {
            double sum = 0;
            for (int i = 0; i < 3 * 3 * 8; i++) {
                double w = state.weights().get(offset + i * 150 + filter);
                sum += w * w;
            }
            assertThat(Math.sqrt(sum)).isCloseTo(0.1, within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void sumsThatLast_giveTheBitsOfThoseThatAreCopied(Optimizer optimizer) throws Exception {
        Sequential model = model();
        Update update = new Update(model, optimizer);
        TrainState copied = TrainState.initial(model, optimizer, 3);
        TrainState lasting = copied.copy();
        int all = update.blocks();
        new Crew(update, copied, 0, all).run(STEPS, 13, step -> gradients(model, step));
        new Crew(update, lasting, 0, all / 2, all).run(STEPS, 13, step -> new Lasting(gradients(model, step)));

        assertThat(lasting.sha256()).isEqualTo(copied.sha256());
    }

    private record Lasting(GradientSums sums) implements GradientSums {

        @Override
        public void read(int offset, int length, float[] into) {
            sums.read(offset, length, into);
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    @Test
    void gradientThatIsNotFinite_isOfTheVariableThatHasIt() {
        Sequential model = model();
        Update update = new Update(model, SGD.of());
        TrainState state = TrainState.initial(model, SGD.of(), 0);
        int bad = model.layout().ofLayer(2).get(0).offset() + 5_000;
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Partials partials = update.partials();
            float[] sums = new float[model.layout().gradientLength()];
            Arrays.fill(sums, 1e30f);
            GradientSums gradient = (offset, length, into) -> System.arraycopy(sums, offset, into, 0, length);
            update.average(state, gradient, 7, partials, 0, update.blocks());
            assertThat(update.firstNotFinite(partials)).isNull();

            sums[bad] = value;
            update.average(state, gradient, 7, partials, 0, update.blocks());
            assertThat(update.firstNotFinite(partials)).isEqualTo("conv2d_1/kernel");
        }
    }

    /** Decay and update at the rate of each step, which the schedule gives for the updates before. */
    @Test
    void schedule_givesTheRateOfEachUpdate() throws Exception {
        Sequential model = Sequential.of(
                Dense.of(1).useBias(false).kernelInitializer("ones").inputShape(1));
        Optimizer optimizer = SGD.of()
                .weightDecay(0.5)
                .learningRate(PiecewiseConstantDecay.of(List.of(0, 2), List.of(0.5, 0.25, 0.125)));
        TrainState state = TrainState.initial(model, optimizer, 0);
        Update update = new Update(model, optimizer);
        double expected = 1;
        for (double rate : new double[] {0.5, 0.25, 0.25, 0.125, 0.125}) {
            assertThat(state.learningRate()).isEqualTo(rate);
            new Crew(update, state, 0, update.blocks()).run(1, 4, step -> (offset, length, into) -> into[0] = 8);
            expected = expected * (1 - 0.5 * rate) - rate * 2;
            assertThat(state.weights().get(0)).isEqualTo((float) expected);
        }
    }

    @Test
    void scheduleWithoutARate_isRefusedBeforeTheUpdate() {
        Sequential model = Sequential.of(Dense.of(1).inputShape(1));
        Optimizer optimizer = SGD.of().learningRate(InverseTimeDecay.of(0.5, 1, -1));
        TrainState state = TrainState.initial(model, optimizer, 0);
        Update update = new Update(model, optimizer);
        GradientSums sums = (offset, length, into) -> Arrays.fill(into, 1);
        Partials partials = update.partials();
        update.average(state, sums, 1, partials, 0, update.blocks());
        state.iterations(1);
        String before = state.sha256();
        assertThatThrownBy(() -> update.apply(state, partials, 0, update.blocks()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `learning_rate`: must be finite and not negative. Received: Infinity");
        assertThat(state.sha256()).isEqualTo(before);
    }

    @Test
    void movingStatistics_followTheMeanWithTheLayersMomentum() {
        Sequential model = Sequential.of(BatchNormalization.of().momentum(0.75).inputShape(2));
        Optimizer optimizer = SGD.of(1).clipvalue(0.125).weightDecay(0.5);
        TrainState state = TrainState.initial(model, optimizer, 0);
        Update update = new Update(model, optimizer);
        Partials partials = update.partials();

        float[] sums = {4, 0, 0, 0, 40, 80, 16, 8};
        update.average(
                state,
                (offset, length, into) -> System.arraycopy(sums, offset, into, 0, length),
                4,
                partials,
                0,
                update.blocks());
        update.apply(state, partials, 0, update.blocks());

        float[] weights = new float[8];
        state.weights().get(0, weights);
        // gamma: 1 − ½ decayed, then −⅛ clipped; beta; mean: 0 · ¾ + 10 · ¼, …; variance: ¾ + 4 · ¼, …
        assertThat(weights).containsExactly(0.375f, 0.5f, 0, 0, 2.5f, 5, 1.75f, 1.25f);
    }

    @Test
    void penalties_areThoseOfTrainableVariablesBeforeTheUpdate() {
        Sequential model = Sequential.of(
                Dense.of(2)
                        .kernelRegularizer(new L2(0.5))
                        .kernelInitializer("ones")
                        .inputShape(3),
                Dense.of(2).kernelRegularizer(new L2(100)).trainable(false));
        Update update = new Update(model, SGD.of(1));
        TrainState state = TrainState.initial(model, SGD.of(1), 0);
        Partials partials = update.partials();

        update.average(state, (offset, length, into) -> Arrays.fill(into, 0), 7, partials, 0, update.blocks());
        assertThat(update.penalty(partials)).isEqualTo(3);
        update.apply(state, partials, 0, update.blocks());

        // The gradient of ½ Σw² is w, which is 1 and all of the weight.
        float[] trained = new float[8];
        state.weights().get(0, trained);
        assertThat(trained).containsOnly(0);
    }

    @Test
    void everyNumberOfTheGradient_isInOneBlock() {
        Sequential model = model();
        Plan plan = Plan.of(model);

        int next = 0;
        for (Block block : plan.blocks()) {
            assertThat(block.offset()).isEqualTo(next);
            assertThat(block.length()).isBetween(1, Block.LENGTH);
            next += block.length();
            int end = plan.parts().get(block.part()).slot().offset()
                    + plan.parts().get(block.part()).slot().size();
            assertThat(next).isLessThanOrEqualTo(end);
        }
        assertThat(next).isEqualTo(model.layout().gradientLength());
    }

    @Test
    void noSamples_refused() {
        Sequential model = Sequential.of(Dense.of(2).inputShape(3));
        Update update = new Update(model, SGD.of());
        TrainState state = TrainState.initial(model, SGD.of(), 0);

        assertThatThrownBy(() ->
                        update.average(state, (offset, length, into) -> {}, 0, update.partials(), 0, update.blocks()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `samples`: a step needs at least one sample. Received: 0");
    }

    @Test
    void regularizerOrConstraintOfAnotherRank_refusedBeforeTraining() {
        assertThatThrownBy(() -> new Update(
                        Sequential.of(Conv2D.of(2, 3)
                                .kernelRegularizer(OrthogonalRegularizer.of())
                                .inputShape(8, 8, 1)),
                        SGD.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape=(3, 3, 1, 2)");
        assertThatThrownBy(() -> new Update(
                        Sequential.of(Dense.of(2)
                                .kernelConstraint(RadialConstraint.of())
                                .inputShape(3)),
                        SGD.of()))
                .hasMessage("The weight tensor must have rank 4. Received weight tensor with shape: (3, 2)");
        assertThatThrownBy(() -> new Update(
                        Sequential.of(Dense.of(2)
                                .kernelConstraint(MaxNorm.of().axis(0, 2))
                                .inputShape(3)),
                        SGD.of()))
                .hasMessage("Invalid `axis`: must name an axis of the variable of shape (3, 2). Received: 2");
    }

    @Test
    void momentumTooSmallForAFloat_hasItsSlotAllTheSame() {
        Sequential model = Sequential.of(Dense.of(2).inputShape(3));
        List<Optimizer> optimizers = List.of(
                SGD.of(0.5).momentum(1e-60), RMSprop.of(0.5).momentum(1e-60).centered(true));
        for (Optimizer optimizer : optimizers) {
            Update update = new Update(model, optimizer);
            TrainState state = TrainState.initial(model, optimizer, 0);
            Partials partials = update.partials();
            GradientSums ones = (offset, length, into) -> Arrays.fill(into, 0, length, 1);
            update.average(state, ones, 1, partials, 0, update.blocks());
            update.apply(state, partials, 0, update.blocks());
            state.slots()
                    .forEach((name, slot) -> assertThat(slot.get(0)).as(name).isNotZero());
        }
    }

    @Test
    void stateOfAnotherOptimizer_refused() {
        Sequential model = Sequential.of(Dense.of(2).inputShape(3));
        Update update = new Update(model, Adam.of());
        TrainState state = TrainState.initial(model, SGD.of(), 0);

        assertThatThrownBy(() -> update.apply(state, update.partials(), 0, update.blocks()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot update: the state has no optimizer slot `momentum`, only []");
    }
}
