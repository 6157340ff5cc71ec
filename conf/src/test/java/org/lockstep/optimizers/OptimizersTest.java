package org.lockstep.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.json.Json;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Metric;
import org.lockstep.optimizers.schedules.CosineDecay;
import org.lockstep.optimizers.schedules.ExponentialDecay;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.OrthogonalRegularizer;

class OptimizersTest {

    @Test
    void setters_changeOneOptionEach() {
        assertThat(SGD.of(0.5).momentum(0.25).nesterov(true).weightDecay(0.125).clipnorm(1))
                .isEqualTo(new SGD(0.25, true, new CommonArguments(0.5, null, 0.125, new Clip(1.0, null, null))));
        assertThat(Adam.of(0.5)
                        .beta1(0.25)
                        .beta2(0.125)
                        .epsilon(0.1)
                        .amsgrad(true)
                        .weightDecay(0.2)
                        .clipvalue(1))
                .isEqualTo(new Adam(
                        0.25, 0.125, 0.1, true, new CommonArguments(0.5, null, 0.2, new Clip(null, 1.0, null))));
        assertThat(RMSprop.of(0.5)
                        .rho(0.25)
                        .momentum(0.125)
                        .epsilon(0.1)
                        .centered(true)
                        .weightDecay(0.2)
                        .globalClipnorm(1))
                .isEqualTo(new RMSprop(
                        0.25, 0.125, 0.1, true, new CommonArguments(0.5, null, 0.2, new Clip(null, null, 1.0))));
        assertThat(Optimizer.of("ADAM").learningRate(0.5)).isEqualTo(Adam.of(0.5));
    }

    /** Arguments, their order and defaults as in the signatures and {@code get_config} of Keras 3.12. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Adagrad  | {initial_accumulator_value=0.1, epsilon=1.0E-7}",
                "Adadelta | {rho=0.95, epsilon=1.0E-7}",
                "Adamax   | {beta_1=0.9, beta_2=0.999, epsilon=1.0E-7}",
                "Nadam    | {beta_1=0.9, beta_2=0.999, epsilon=1.0E-7}",
                "Lion     | {beta_1=0.9, beta_2=0.99}",
            })
    void of_nameAlone_hasKerasDefaultsInKerasOrder(String className, String own) {
        Optimizer optimizer = Optimizer.of(className.toUpperCase(Locale.ROOT));
        assertThat(optimizer.className()).isEqualTo(className);
        assertThat(optimizer.config())
                .hasToString("{name=" + className.toLowerCase(Locale.ROOT)
                        + ", learning_rate=0.001, weight_decay=null, clipnorm=null, global_clipnorm=null, clipvalue=null,"
                        + " use_ema=false, ema_momentum=0.99, ema_overwrite_frequency=null, loss_scale_factor=null,"
                        + " gradient_accumulation_steps=null, " + own.substring(1));
    }

    static Stream<Optimizer> others() {
        return Stream.of(
                Adagrad.of(0.5)
                        .initialAccumulatorValue(0.25)
                        .epsilon(0.1)
                        .weightDecay(0.2)
                        .clipnorm(1),
                Adadelta.of(0.5).rho(0.25).epsilon(0.1).clipvalue(1),
                Adamax.of(0.5).beta1(0.25).beta2(0.125).epsilon(0.1).globalClipnorm(1),
                Nadam.of(0.5).beta1(0.25).beta2(0.125).epsilon(0.1).weightDecay(0.2),
                Lion.of(0.5).beta1(0.25).beta2(0.125).weightDecay(0.2),
                SGD.of().learningRate(ExponentialDecay.of(0.1, 100, 0.9).staircase(true)),
                AdamW.of().learningRate(CosineDecay.of(0.1, 100).warmup(0.2, 10)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void json_ofAnOptimizer_isReadAsItWas(Optimizer optimizer) {
        assertThat(KerasArguments.optimizer(Json.parse(Json.write(KerasJson.toPlain(optimizer)))))
                .isEqualTo(optimizer);
    }

    @Test
    void learningRate_ofASchedule_isThatOfTheFirstUpdate() {
        Optimizer optimizer = Adam.of().learningRate(CosineDecay.of(0.25, 100).warmup(0.5, 10));
        assertThat(optimizer.learningRate()).isEqualTo(0.25);
        assertThat(optimizer.schedule()).isEqualTo(CosineDecay.of(0.25, 100).warmup(0.5, 10));
        assertThat(optimizer.learningRate(0.5)).isEqualTo(Adam.of(0.5));
        assertThatThrownBy(() -> SGD.of().learningRate(ExponentialDecay.of(-1, 1, 1)))
                .hasMessage("Invalid `learning_rate`: must be finite and not negative. Received: -1.0");
    }

    /** The products of β₁(1 − ½ · 0.96ⁱ) one by one. */
    @Test
    void nadam_productOfMomenta_isAFunctionOfTheUpdates() {
        Nadam nadam = Nadam.of().beta1(0.999);
        double product = 1;
        assertThat(nadam.momentumProduct(0)).isEqualTo(1);
        for (int t = 1; t <= 3000; t++) {
            product *= 0.999 * (1 - 0.5 * Math.pow(0.96, t));
            assertThat(nadam.momentumProduct(t)).isCloseTo(product, withinPercentage(1e-9));
        }
        assertThat(nadam.momentumProduct(1L << 40)).isZero();
    }

    @Test
    void adamW_isAdamWithADecay() {
        AdamW optimizer = AdamW.of(0.5);
        assertThat(optimizer).isEqualTo(new AdamW(Adam.of(0.5).weightDecay(0.004)));
        assertThat(Optimizer.of("AdamW").learningRate(0.5)).isEqualTo(optimizer);
        assertThat(optimizer.slots()).containsExactly("momentum", "velocity");
        assertThat(optimizer.config())
                .containsEntry("name", "adamw")
                .containsEntry("weight_decay", 0.004)
                .containsEntry("beta_2", 0.999);
        AdamW other = new AdamW(
                Adam.of(0.25).beta1(0.5).amsgrad(true).weightDecay(0.125).clipnorm(1));
        assertThat(KerasArguments.optimizer(KerasJson.toPlain(other))).isEqualTo(other);
        assertThat(KerasArguments.optimizer(Map.of("name", "adamw", "weight_decay", 0.25)))
                .isEqualTo(AdamW.of().weightDecay(0.25));
        assertThatThrownBy(() -> new AdamW(Adam.of()))
                .hasMessage("Argument `weight_decay` must be a float. Received: weight_decay=None");
    }

    @Test
    void slots_areThoseThatKerasSaves() {
        assertThat(SGD.of().slots()).isEmpty();
        assertThat(SGD.of().momentum(0.5).slots()).containsExactly("momentum");
        assertThat(Adam.of().slots()).containsExactly("momentum", "velocity");
        assertThat(Adam.of().amsgrad(true).slots()).containsExactly("momentum", "velocity", "velocity_hat");
        assertThat(RMSprop.of().slots()).containsExactly("velocity");
        assertThat(RMSprop.of().momentum(0.5).centered(true).slots())
                .containsExactly("velocity", "momentum", "average_gradient");
        assertThat(Adagrad.of().slots()).containsExactly("accumulator");
        assertThat(Adadelta.of().slots()).containsExactly("accumulated_grad", "accumulated_delta_var");
        assertThat(Adamax.of().slots()).containsExactly("momentum", "norm");
        assertThat(Nadam.of().slots()).containsExactly("momentum", "velocity");
        assertThat(Lion.of().slots()).containsExactly("momentum");
    }

    @Test
    void of_contradictoryClips_isRefusedNamingBoth() {
        assertThatThrownBy(() -> SGD.of().clipnorm(1).clipvalue(2))
                .hasMessage("Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. "
                        + "Received: clipnorm=1.0, clipvalue=2.0, global_clipnorm=null.");
        assertThatThrownBy(() -> Adam.of().globalClipnorm(1).clipnorm(2)).hasMessageContaining("Only one of");
        assertThatThrownBy(() -> RMSprop.of().clipnorm(-1))
                .hasMessage("Invalid `clipnorm`: must be positive. Received: -1.0");
    }

    @Test
    void of_wrongNumbers_isRefusedByName() {
        assertThatThrownBy(() -> SGD.of(Double.NaN)).hasMessageContaining("`learning_rate`");
        assertThatThrownBy(() -> Adam.of(-1)).hasMessageContaining("Received: -1.0");
        assertThatThrownBy(() -> SGD.of().momentum(2))
                .hasMessage("`momentum` must be a float between [0, 1]. Received: momentum=2.0");
        assertThatThrownBy(() -> Adam.of().beta1(-1)).hasMessageContaining("`beta_1`");
        assertThatThrownBy(() -> Adam.of().beta2(1.1)).hasMessageContaining("`beta_2`");
        assertThatThrownBy(() -> RMSprop.of().rho(1.1)).hasMessageContaining("`rho`");
        assertThatThrownBy(() -> Adagrad.of().initialAccumulatorValue(-0.1))
                .hasMessage("Invalid `initial_accumulator_value`: must be finite and not negative. Received: -0.1");
        assertThatThrownBy(() -> Adadelta.of().rho(-0.1)).hasMessageContaining("`rho`");
        assertThatThrownBy(() -> Adamax.of().beta1(2)).hasMessageContaining("`beta_1`");
        assertThatThrownBy(() -> Nadam.of().beta2(2)).hasMessageContaining("`beta_2`");
        assertThatThrownBy(() -> Lion.of().beta1(0))
                .hasMessage("Argument `beta_1` must be in the [0, 1] range. Otherwise, the optimizer degenerates to "
                        + "SignSGD. Received: beta_1=0.0.");
        assertThatThrownBy(() -> Optimizer.of("Ftrl"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessage("Optimizer 'Ftrl' is not supported");
    }

    @Test
    void regularizers_ofWrongFactors_areRefusedInKerasWords() {
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new L1(wrong)).hasMessageContaining("expected a non-negative float");
            assertThatThrownBy(() -> new L2(wrong)).hasMessageContaining("expected a non-negative float");
            assertThatThrownBy(() -> L1L2.of(wrong, 0)).hasMessageContaining("expected a non-negative float");
            assertThatThrownBy(() -> L1L2.of(0, wrong)).hasMessageContaining("expected a non-negative float");
            assertThatThrownBy(() -> new OrthogonalRegularizer(wrong, "rows")).hasMessageContaining("`factor`");
        }
        assertThatThrownBy(() -> new OrthogonalRegularizer(1, "row")).hasMessageContaining("Received: mode=row");
    }

    @Test
    void losses_ofWrongSmoothing_areRefused() {
        assertThatThrownBy(() -> new CategoricalCrossentropy(false, 1.5))
                .hasMessage("Invalid `label_smoothing`: must be in [0, 1]. Received: 1.5");
    }

    @Test
    void accuracy_ofShapes_isResolvedAsKerasDoes() {
        Accuracy accuracy = (Accuracy) Metric.of("accuracy");

        assertThat(accuracy.resolve(new int[] {8, 1}, new int[] {8, 1})).isEqualTo(Accuracy.Kind.BINARY);
        assertThat(accuracy.resolve(new int[] {8}, new int[] {8, 3})).isEqualTo(Accuracy.Kind.SPARSE_CATEGORICAL);
        assertThat(accuracy.resolve(new int[] {8, 1}, new int[] {8, 3})).isEqualTo(Accuracy.Kind.SPARSE_CATEGORICAL);
        assertThat(accuracy.resolve(new int[] {8, 3}, new int[] {8, 3})).isEqualTo(Accuracy.Kind.CATEGORICAL);
        assertThat(Metric.of("acc").name()).isEqualTo("acc");
    }

    @Test
    void maxNorm_ofAxes_keepsThem() {
        assertThat(MaxNorm.of(2).axis(0, 1, 2).axis()).containsExactly(0, 1, 2);
        assertThat(MaxNorm.of(2).config()).containsEntry("max_value", 2).containsEntry("axis", 0);
        assertThat(MaxNorm.of(0.5).config()).containsEntry("max_value", 0.5);
    }
}
