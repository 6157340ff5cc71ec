package org.lockstep.conf;

import java.io.Serializable;
import java.util.List;
import org.lockstep.losses.Loss;
import org.lockstep.metrics.Metric;
import org.lockstep.optimizers.Optimizer;

/** The arguments of Keras's {@code compile}. */
public record CompileConf(Optimizer optimizer, Loss loss, List<Metric> metrics) implements Serializable {

    /** Keras's optimizer where none is given. */
    public static final String DEFAULT_OPTIMIZER = "rmsprop";

    public CompileConf {
        metrics = List.copyOf(metrics);
    }

    public static CompileConf of(String optimizer, String loss, String... metrics) {
        return of(Optimizer.of(optimizer), Loss.of(loss), metrics);
    }

    public static CompileConf of(Optimizer optimizer, Loss loss, String... metrics) {
        return new CompileConf(
                optimizer, loss, List.of(metrics).stream().map(Metric::of).toList());
    }
}
