package org.lockstep.driver.files;

import io.jhdf.api.WritableGroup;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Layer;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;

/**
 * Writes weights as Keras 3's {@code save_weights} does.
 *
 * <pre>
 * vars                      attribute name, as every vars has
 * layers/conv2d/vars/0, 1   one dataset for each variable, float32
 * layers/flatten/vars
 * optimizer/vars/0          iteration, int64
 * optimizer/vars/1, …       the others of {@link OptimizerVariables}, float32
 * </pre>
 */
final class WeightsWriter {

    private WeightsWriter() {}

    static void write(Path file, SavedModel saved) {
        WeightLayout layout = saved.model().layout();
        H5Output.write(file, h5 -> {
            variables(h5, saved.model().name());
            layers(h5.putGroup("layers"), saved.model().layers(), layout, saved.state());
            CompileConf compile = saved.compile();
            if (compile != null) {
                optimizer(h5.putGroup("optimizer"), compile.optimizer(), layout, saved.state());
            }
        });
    }

    private static void layers(WritableGroup into, List<Layer> layers, WeightLayout layout, TrainState state) {
        List<String> groups = GroupNames.of(layers);
        FloatBuffer weights = state.weights();
        for (int i = 0; i < layers.size(); i++) {
            WritableGroup group =
                    variables(into.putGroup(groups.get(i)), layers.get(i).name());
            List<WeightLayout.Slot> slots = layout.ofLayer(i);
            for (int v = 0; v < slots.size(); v++) {
                put(group, v, slots.get(v), weights);
            }
        }
    }

    private static void optimizer(WritableGroup into, Optimizer optimizer, WeightLayout layout, TrainState state) {
        WritableGroup group = variables(into, String.valueOf(optimizer.config().get("name")));
        group.putDataset("0", state.iterations());
        OptimizerVariables variables = OptimizerVariables.of(optimizer, layout);
        if (variables.hasRate()) {
            group.putDataset("1", (float) state.learningRate());
        }
        for (int i = 0; i < variables.slots().size(); i++) {
            SlotVariable variable = variables.slots().get(i);
            put(group, variables.firstSlot() + i, variable.of(), state.slot(variable.slot()));
        }
        Nadam nadam = variables.nadam();
        if (nadam != null) {
            group.putDataset(Integer.toString(variables.product()), (float) nadam.momentumProduct(state.iterations()));
        }
    }

    private static WritableGroup variables(WritableGroup into, String name) {
        WritableGroup group = into.putGroup("vars");
        group.putAttribute("name", name);
        return group;
    }

    private static void put(WritableGroup group, int number, WeightLayout.Slot slot, FloatBuffer vector) {
        int[] shape = slot.variable().shape().dimensions();
        group.putDataset(Integer.toString(number), Nested.arrays(shape, vector.slice(slot.offset(), slot.size())));
    }
}
