package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Optimizer;

/** The passes that one step makes over a variable: average, clip, decay weights, apply the rule. */
final class StepPasses {

    private final Plan plan;
    private final float samples;
    private final Clipping clipping;
    private final @Nullable Double weightDecay;
    private final float rate;
    private final List<Pass> rule;
    /** By what they depend on: many variables have the same. */
    private final Map<Kind, List<Pass>> made = new HashMap<>();

    private int lastPart = -1;
    private List<Pass> last = List.of();

    private record Kind(
            Factors penalty,
            boolean isWhole,
            @Nullable Double momentum,
            @Nullable Pass clip) {}

    StepPasses(Plan plan, Optimizer optimizer, TrainState state, Partials partials) {
        this.plan = plan;
        this.samples = partials.samples();
        this.clipping = new Clipping(optimizer.clip(), plan, partials.squaredNorm);
        this.weightDecay = optimizer.weightDecay();
        this.rate = (float) state.learningRate();
        this.rule = Rule.of(optimizer, state.iterations(), state.learningRate()).passes();
    }

    /** Those over a part; the same for neighbours with the same penalty, if gradients are not clipped by variable. */
    List<Pass> of(int part) {
        if (part != lastPart) {
            lastPart = part;
            Part of = plan.parts().get(part);
            Kind kind = new Kind(of.penalty(), of.hasWholePenalty(), of.momentum(), clipping.pass(part));
            last = made.computeIfAbsent(kind, any -> passes(of, kind.clip()));
        }
        return last;
    }

    boolean clipsByVariable() {
        return clipping.isByVariable();
    }

    private List<Pass> passes(Part part, @Nullable Pass clip) {
        List<Pass> passes = Averaging.of(part, samples);
        if (part.momentum() != null) {
            passes.add(blend(part.momentum()));
            return passes;
        }
        if (clip != null) {
            join(passes, clip);
        }
        if (weightDecay != null) {
            passes.add(Pass.from(WEIGHTS)
                    .times(weightDecay.floatValue())
                    .times(-rate)
                    .plus(WEIGHTS)
                    .into(WEIGHTS));
        }
        if (weightDecay == null && rule.size() == 1) {
            join(passes, rule.get(0));
        } else {
            passes.addAll(rule);
        }
        return passes;
    }

    /** What moves a moving statistic, given the mean: moving · momentum + mean · (1 − momentum). */
    private static Pass blend(double momentum) {
        return Pass.from(WEIGHTS)
                .times((float) momentum)
                .plus(GRADIENT, (float) (1 - momentum))
                .into(WEIGHTS);
    }

    private static void join(List<Pass> passes, Pass next) {
        int last = passes.size() - 1;
        passes.set(last, passes.get(last).and(next));
    }
}
