package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.vector.Operation;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Optimizer;

/** The passes that one step makes over a variable: average, clip, decay weights, apply the rule. */
final class StepPasses {

    private final Plan plan;
    private final Numbers numbers;
    private final Clipping clipping;
    private final @Nullable Double weightDecay;
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

    /** What passes depend on, norms aside. */
    private record Numbers(Rule rule, Divisors divisors, float rate) {}

    private StepPasses(Plan plan, Optimizer optimizer, Numbers numbers, double[] squaredNorm) {
        this.plan = plan;
        this.numbers = numbers;
        this.clipping = new Clipping(optimizer.clip(), plan, squaredNorm);
        this.weightDecay = optimizer.weightDecay();
        this.rule = numbers.rule().passes();
    }

    /**
     * The passes of the next step.
     *
     * @param before those of an earlier step, which may be the same; null for none
     */
    static StepPasses of(
            @Nullable StepPasses before, Plan plan, Optimizer optimizer, TrainState state, Partials partials) {
        double rate = state.learningRate();
        Optimizer.checkRate(rate);
        Rule rule = Rule.of(optimizer, state.iterations(), rate);
        Numbers numbers = new Numbers(rule, partials.divisors(), (float) rate);
        if (before != null && before.numbers.equals(numbers) && !Clipping.needsNorms(optimizer.clip())) {
            return before;
        }
        return new StepPasses(plan, optimizer, numbers, partials.squaredNorm);
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
        List<Pass> passes = Averaging.of(part, numbers.divisors().of(part));
        if (part.momentum() != null) {
            append(passes, List.of(blend(part.momentum())));
            return passes;
        }
        if (clip != null) {
            join(passes, clip);
        }
        List<Pass> change = new ArrayList<>(rule);
        if (weightDecay != null) {
            change.add(0, decay(weightDecay));
        }
        append(passes, change);
        return passes;
    }

    /** Appends what changes weights to what makes the gradient, without a vector for that where that is possible. */
    private static void append(List<Pass> gradient, List<Pass> change) {
        Pass only = gradient.get(0);
        List<Operation> operations = only.operations();
        if (gradient.size() == 1 && operations.size() == 1 && operations.get(0).isProduct()) {
            // By a power of two or 0.
            float factor = operations.get(0).number();
            gradient.clear();
            change.forEach(pass -> gradient.add(pass.with(GRADIENT, only.first(), factor)));
        } else if (change.size() == 1 && change.get(0).first() == GRADIENT) {
            join(gradient, change.get(0));
        } else {
            gradient.addAll(change);
        }
    }

    private Pass decay(double decay) {
        return Pass.from(WEIGHTS)
                .times((float) decay)
                .times(-numbers.rate())
                .plus(WEIGHTS)
                .into(WEIGHTS);
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
