package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.NanSamples;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;

/** The model's output for some rows, in inference mode: a task of a plain job. */
public record PredictionTask(Broadcast<RunOrder> order, SentWeights weights) implements Serializable {

    /** The outputs, in the order of the rows. */
    public TaskEnd<Tensor> run(Rows rows) {
        return TaskEnd.of(() -> {
            Workplace place = ResidentRuns.workplace(order.value());
            FloatBuffer direct = weights.direct();
            return place.lend(network -> predict(place.order(), network, direct, rows));
        });
    }

    private static Tensor predict(RunOrder order, Network network, FloatBuffer weights, Rows rows) {
        int samples = rows.count();
        int batch = order.batches().batchSize();
        int[] shape = order.model().outputShape().dimensions();
        shape[0] = samples;
        Tensor all = Tensor.zeros(shape);
        int filled = 0;
        for (int from = 0; from < samples; from += batch) {
            Tensor x = rows.range(from, Math.min(samples, from + batch));
            Tensor out = NanSamples.output(x, network.predict(x, weights));
            System.arraycopy(out.values(), 0, all.values(), filled, out.size());
            filled += out.size();
        }
        return all;
    }
}
