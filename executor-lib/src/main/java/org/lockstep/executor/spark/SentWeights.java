package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Flat weights for all tasks of a job, from where they lie in the driver's own JVM or as a broadcast. */
public sealed interface SentWeights extends Serializable, AutoCloseable {

    /** Where a network can read them; nobody writes there. */
    FloatBuffer direct();

    @Override
    void close();

    /**
     * Sends weights that do not change until they are closed.
     *
     * @param weights direct, in native order
     */
    static SentWeights of(JavaSparkContext spark, FloatBuffer weights) {
        if (spark.isLocal()) {
            return new Here(new HandedOver<>(weights));
        }
        float[] values = new float[weights.capacity()];
        weights.get(0, values);
        return new Sent(spark.broadcast(values));
    }

    /** In this JVM. */
    record Here(HandedOver<FloatBuffer> weights) implements SentWeights {

        @Override
        public FloatBuffer direct() {
            return weights.value().duplicate();
        }

        @Override
        public void close() {
            weights.close();
        }
    }

    /** To other JVMs. */
    record Sent(Broadcast<float[]> weights) implements SentWeights {

        @Override
        public FloatBuffer direct() {
            return BroadcastWeights.direct(weights.value());
        }

        @Override
        public void close() {
            weights.destroy();
        }
    }
}
