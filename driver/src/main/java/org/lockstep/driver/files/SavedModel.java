package org.lockstep.driver.files;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.TrainState;
import org.lockstep.model.Model;

/**
 * What a {@code .keras} or a whole {@code .h5} file holds.
 *
 * @param model built
 * @param compile null where the model is not compiled; its learning rate is the state's
 * @param state the weights; the optimizer's slots, iterations and learning rate count only where the model is compiled
 */
public record SavedModel(Model model, @Nullable CompileConf compile, TrainState state) {

    /** How the model is compiled, at the learning rate of now, or with its schedule. */
    @Nullable
    CompileConf compiledNow() {
        if (compile == null || compile.optimizer().schedule() != null) {
            return compile;
        }
        return compile.optimizer(compile.optimizer().learningRate(state.learningRate()));
    }
}
