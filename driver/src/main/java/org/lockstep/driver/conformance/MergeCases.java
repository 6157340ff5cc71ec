package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.executor.step.Network;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Merge;
import org.lockstep.layers.Reshape;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/**
 * A layer that makes one tensor of several, {@code x0}, {@code x1}, …: its output and, for loss = Σ y · R, their gradients.
 *
 * <p>Each tensor is the kernel of a dense layer, one row for each sample, that reads which sample it is: what comes out is
 * the tensor itself, and the kernel's gradient is the tensor's.
 */
final class MergeCases implements Runner {

    private static final CompileConf COMPILE = CompileConf.of("sgd", "mse");

    private final String className;

    MergeCases(String className) {
        this.className = className;
    }

    @Override
    public void run(Case given, Check check) {
        List<Numbers> tensors = new ArrayList<>();
        while (given.inputs().has("x" + tensors.size())) {
            tensors.add(given.inputs().numbers("x" + tensors.size()));
        }
        Layer layer = KerasArguments.layer(className, given.config().without("training"));
        if (!(layer instanceof Merge merge) || tensors.isEmpty()) {
            throw new NotSupportedException("inputs of " + className);
        }
        int rows = tensors.get(0).rows();
        try (OneNetwork network = OneNetwork.of(model(merge, rows, tensors), COMPILE)) {
            for (int i = 0; i < tensors.size(); i++) {
                network.weights(network.variables().get(i), tensors.get(i));
            }
            if (given.inputs().has("R")) {
                train(network, rows, given.inputs().numbers("R"), tensors, check);
            } else {
                check.numbers("y", network.predict(samples(rows)));
            }
        }
    }

    private static void train(OneNetwork network, int rows, Numbers upstream, List<Numbers> tensors, Check check) {
        Network.Pullback pullback = network.pullback(samples(rows), upstream, 0);
        check.tensor("y", pullback.output());
        check.number("loss", Numbers.of(pullback.output()).dot(upstream));
        for (int i = 0; i < tensors.size(); i++) {
            WeightLayout.Slot slot = network.variables().get(i);
            Numbers gradient = Numbers.of(slot, network.gradient());
            check.numbers("dx" + i, new Numbers(tensors.get(i).shape(), gradient.values()));
        }
    }

    private static Model model(Merge merge, int rows, List<Numbers> tensors) {
        Input sample = Input.of(rows);
        List<KerasTensor> merged = new ArrayList<>();
        for (Numbers tensor : tensors) {
            KerasTensor flat =
                    Dense.of(tensor.values().length / rows).useBias(false).on(sample);
            merged.add(Reshape.of(tensor.sample()).on(flat));
        }
        return Model.of(sample, merge.on(merged));
    }

    /** Row i says that it is sample i. */
    private static Numbers samples(int rows) {
        double[] values = new double[rows * rows];
        for (int i = 0; i < rows; i++) {
            values[i * rows + i] = 1;
        }
        return new Numbers(new int[] {rows, rows}, values);
    }
}
