package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;
import org.lockstep.regularizers.L2;

/** The loss and gradient of a dense layer over shards of a batch, added as training adds them. */
final class DataParallelCases {

    private DataParallelCases() {}

    static void run(Case given, Check check) {
        given.expected().pass("wrong_plain_average_of_shard_gradients");
        Loss loss = KerasArguments.loss(given.config().text("loss"));
        Numbers x = given.inputs().numbers("x");
        Numbers w = given.inputs().numbers("w");
        Dense layer = Dense.of(w.shape()[1]).useBias(false);
        if (given.config().given("l2")) {
            layer = layer.kernelRegularizer(new L2(given.config().number("l2")));
        }
        SGD optimizer = SGD.of();
        if (given.config().given("clipnorm")) {
            optimizer = optimizer.clipnorm(given.config().number("clipnorm"));
        }
        Sequential model = Sequential.of(Input.of(x.sample()), layer);
        OneUpdate update = OneUpdate.showingGradient(model, optimizer);
        update.state().weights().put(0, w.toTensor().values());
        FloatBuffer sum = FloatBuffer.allocate(w.values().length);
        double total = 0;
        long samples = 0;
        try (OneNetwork network = OneNetwork.of(model, new CompileConf(optimizer, loss, List.of()))) {
            network.weights(network.variables().get(0), w);
            for (Object range : given.config().list("shards")) {
                double[] bounds = Plain.numbers("shards", range).values();
                int from = (int) bounds[0];
                int to = (int) bounds[1];
                total += network.train(
                                x.toTensor().rows(from, to),
                                given.inputs().numbers("y").toTensor().rows(from, to))
                        .loss();
                samples += to - from;
                for (int i = 0; i < sum.capacity(); i++) {
                    sum.put(i, sum.get(i) + network.gradient().get(i));
                }
            }
        }
        check.number("loss", total / samples + update.penalty());
        update.apply(sum, samples);
        check.numbers("gradient", Numbers.of(model.layout().slots().get(0), update.shownGradient()));
    }
}
