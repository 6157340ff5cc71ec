package org.lockstep.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Metric;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.OrthogonalRegularizer;

class OptimizersTest {

    @Test
    void setters_changeOneOptionEach() {
        assertThat(SGD.of(0.5).momentum(0.25).nesterov(true).weightDecay(0.125).clipnorm(1))
                .isEqualTo(new SGD(0.5, 0.25, true, 0.125, new Clip(1.0, null, null)));
        assertThat(Adam.of(0.5)
                        .beta1(0.25)
                        .beta2(0.125)
                        .epsilon(0.1)
                        .amsgrad(true)
                        .weightDecay(0.2)
                        .clipvalue(1))
                .isEqualTo(new Adam(0.5, 0.25, 0.125, 0.1, true, 0.2, new Clip(null, 1.0, null)));
        assertThat(RMSprop.of(0.5)
                        .rho(0.25)
                        .momentum(0.125)
                        .epsilon(0.1)
                        .centered(true)
                        .weightDecay(0.2)
                        .globalClipnorm(1))
                .isEqualTo(new RMSprop(0.5, 0.25, 0.125, 0.1, true, 0.2, new Clip(null, null, 1.0)));
        assertThat(Optimizer.of("ADAM").learningRate(0.5)).isEqualTo(Adam.of(0.5));
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
