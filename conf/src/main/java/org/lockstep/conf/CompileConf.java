package org.lockstep.conf;

import java.io.Serializable;
import java.util.List;
import org.lockstep.losses.Loss;
import org.lockstep.metrics.Logged;
import org.lockstep.metrics.Metric;
import org.lockstep.optimizers.Optimizer;

/**
 * The arguments of Keras's {@code compile}.
 *
 * @param metrics of samples that all count the same
 * @param weightedMetrics of samples that count by their weights, class weights included
 */
public record CompileConf(Optimizer optimizer, Loss loss, List<Metric> metrics, List<Metric> weightedMetrics)
        implements Serializable {

    /** Keras's optimizer where none is given. */
    public static final String DEFAULT_OPTIMIZER = "rmsprop";

    public CompileConf {
        metrics = List.copyOf(metrics);
        weightedMetrics = List.copyOf(weightedMetrics);
    }

    /** One without weighted metrics. */
    public CompileConf(Optimizer optimizer, Loss loss, List<Metric> metrics) {
        this(optimizer, loss, metrics, List.of());
    }

    public static CompileConf of(String optimizer, String loss, String... metrics) {
        return of(Optimizer.of(optimizer), Loss.of(loss), metrics);
    }

    public static CompileConf of(Optimizer optimizer, Loss loss, String... metrics) {
        return new CompileConf(optimizer, loss, named(metrics));
    }

    /** The same with metrics of samples that count by their weights. */
    public CompileConf weightedMetrics(String... names) {
        return weightedMetrics(named(names));
    }

    /** The same with metrics of samples that count by their weights. */
    public CompileConf weightedMetrics(List<Metric> value) {
        return new CompileConf(optimizer, loss, metrics, value);
    }

    /** The same with another optimizer. */
    public CompileConf optimizer(Optimizer value) {
        return new CompileConf(value, loss, metrics, weightedMetrics);
    }

    /** All metrics, by the names that Keras logs them under: metrics, then weighted metrics. */
    public List<Logged> logged() {
        return Logged.of(metrics, weightedMetrics);
    }

    private static List<Metric> named(String... names) {
        return List.of(names).stream().map(Metric::of).toList();
    }
}
