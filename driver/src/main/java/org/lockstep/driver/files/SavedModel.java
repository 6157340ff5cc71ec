package org.lockstep.driver.files;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.TrainState;
import org.lockstep.model.Model;

/**
 * What a {@code .keras} file holds.
 *
 * @param model built
 * @param compile null where the model is not compiled; its learning rate is the state's
 * @param state the weights; the optimizer's slots, iterations and learning rate count only where the model is compiled
 */
public record SavedModel(Model model, @Nullable CompileConf compile, TrainState state) {}
