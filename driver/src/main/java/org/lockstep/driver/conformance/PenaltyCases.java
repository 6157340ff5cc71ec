package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** Regularizers on a variable: the penalty of an update and its gradient. */
final class PenaltyCases {

    private PenaltyCases() {}

    static void regularizer(Case given, Check check) {
        Map<String, @Nullable Object> factors = given.config().without("name");
        run(given.config().has("name") ? Named.of(given.config().text("name"), factors) : factors, given, check);
    }

    static void orthogonal(Case given, Check check) {
        run(Named.of("orthogonal_regularizer", given.config().without()), given, check);
    }

    private static void run(Object regularizer, Case given, Check check) {
        Numbers w = given.inputs().numbers("w");
        Sequential model = Holder.of(List.of(w.shape()), KerasArguments.regularizer(regularizer), null);
        OneUpdate update = OneUpdate.showingGradient(model, SGD.of());
        Holder.put(model, List.of(w), update.state().weights());
        check.number("penalty", update.penalty());
        update.apply(FloatBuffer.allocate(model.layout().gradientLength()), 1);
        check.numbers("gradient", Numbers.of(Holder.held(model).get(0), update.shownGradient()));
    }
}
