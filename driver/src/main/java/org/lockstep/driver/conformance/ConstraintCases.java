package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.constraints.Constraint;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** Constraints on a variable: what an update without a gradient leaves of it. */
final class ConstraintCases {

    private ConstraintCases() {}

    static void run(Case given, Check check) {
        String name = given.config().text("name");
        Constraint constraint =
                KerasArguments.constraint(Named.of(name, given.config().without("name")));
        Numbers w = given.inputs().numbers("w");
        Sequential model = Holder.of(List.of(w.shape()), null, constraint);
        OneUpdate update = new OneUpdate(model, SGD.of());
        Holder.put(model, List.of(w), update.state().weights());
        update.apply(FloatBuffer.allocate(model.layout().gradientLength()), 1);
        check.numbers("w", Numbers.of(Holder.held(model).get(0), update.state().weights()));
    }
}
