package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.driver.SparkModel;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Sequential;

/**
 * Reference cases against the public API: layers on one network, training through {@link SparkModel}.
 *
 * <p>A case passes when all its numbers are met: |a − b| ≤ atol + rtol · |b|. It fails when one is not, when its op is not
 * supported, or when one of its settings or expected values is left over. Cases of other versions of Keras than 3 are
 * skipped.
 */
public final class Conformance {

    private final Runners runners;

    /**
     * Cases whose models train where {@code onSpark} puts them.
     *
     * @param onSpark called only by cases that train
     */
    public Conformance(Function<Sequential, SparkModel> onSpark) {
        this.runners = new Runners(onSpark);
    }

    /**
     * Runs the cases of a file's text.
     *
     * @param op the only op to run; null runs all
     * @param listener told of each case as it ends
     */
    public List<Outcome> run(String json, @Nullable String op, Consumer<Outcome> listener) {
        List<Outcome> outcomes = new ArrayList<>();
        TreeSet<String> ops = new TreeSet<>();
        for (Case given : Case.readAll(json)) {
            ops.add(given.op());
            if (op == null || op.equals(given.op())) {
                Outcome outcome = run(given);
                listener.accept(outcome);
                outcomes.add(outcome);
            }
        }
        if (op != null && !ops.contains(op)) {
            throw new IllegalArgumentException("Invalid `filter`: no case has this op. Received: %s. Ops are: %s"
                    .formatted(op, String.join(", ", ops)));
        }
        return outcomes;
    }

    private Outcome run(Case given) {
        if (given.isOptional()) {
            String reason = "what " + given.config().text("semantics") + " did";
            return new Outcome(given.id(), given.op(), Outcome.Status.SKIPPED, 0, 0, reason);
        }
        Check check = new Check(given.expected(), given.tolerance());
        try {
            runners.of(given.op()).run(given, check);
            check.leftOver(leftOver(given));
        } catch (NotSupportedException e) {
            check.fail("not supported yet: " + e.getMessage());
        } catch (RuntimeException e) {
            check.fail(e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString());
        }
        String failure = check.failure();
        Outcome.Status status = failure == null ? Outcome.Status.PASS : Outcome.Status.FAIL;
        return new Outcome(
                given.id(), given.op(), status, check.absolute(), check.relative(), failure == null ? "" : failure);
    }

    /** What the runner did not look at; none of it may go unnoticed. */
    private static List<String> leftOver(Case given) {
        given.config().pass("semantics");
        List<String> names = new ArrayList<>();
        given.config().unread().forEach(name -> names.add("setting `" + name + "`"));
        given.inputs().unread().forEach(name -> names.add("input `" + name + "`"));
        given.expected().unread().forEach(name -> names.add("expected `" + name + "`"));
        return names;
    }
}
