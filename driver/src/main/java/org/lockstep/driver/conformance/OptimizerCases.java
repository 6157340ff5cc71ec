package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;

/** Updates of variables w with gradient a · (w − c). */
final class OptimizerCases {

    private OptimizerCases() {}

    static void run(Case given, Check check) {
        Map<String, @Nullable Object> arguments = given.config().without("optimizer", "steps");
        Optimizer optimizer = KerasArguments.optimizer(Named.of(given.config().text("optimizer"), arguments));
        List<Numbers> start = given.inputs().tensors("w0");
        List<Numbers> a = given.inputs().tensors("quadratic_a");
        List<Numbers> c = given.inputs().tensors("quadratic_c");
        Sequential model = Holder.of(start.stream().map(Numbers::shape).toList(), null, null);
        OneUpdate update = new OneUpdate(model, optimizer);
        Holder.put(model, start, update.state().weights());
        List<?> wanted = given.expected().list("w_after_step");
        for (int step = 0; step < given.config().integer("steps"); step++) {
            update.apply(gradient(model, update.state().weights(), a, c), 1);
            List<Numbers> expected = new ArrayList<>();
            for (Object tensor : (List<?>) wanted.get(step)) {
                expected.add(Plain.numbers("w_after_step", tensor));
            }
            for (int i = 0; i < expected.size(); i++) {
                Numbers now =
                        Numbers.of(Holder.held(model).get(i), update.state().weights());
                check.close("w_after_step[%d][%d]".formatted(step, i), expected.get(i), now);
            }
        }
    }

    private static FloatBuffer gradient(Sequential model, FloatBuffer weights, List<Numbers> a, List<Numbers> c) {
        FloatBuffer gradient = FloatBuffer.allocate(model.layout().gradientLength());
        List<WeightLayout.Slot> slots = Holder.held(model);
        for (int i = 0; i < slots.size(); i++) {
            int offset = slots.get(i).offset();
            for (int j = 0; j < slots.get(i).size(); j++) {
                double w = weights.get(offset + j);
                gradient.put(offset + j, (float)
                        (a.get(i).values()[j] * (w - c.get(i).values()[j])));
            }
        }
        return gradient;
    }
}
