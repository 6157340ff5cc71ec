package org.lockstep.executor.spark;

import java.io.Serializable;
import org.lockstep.data.Tensor;

/** One task's rows of inputs. */
public sealed interface Rows extends Serializable {

    int count();

    /** The rows from {@code from} up to, but without, {@code to}. */
    Tensor range(int from, int to);

    /** Rows that lie in the driver's own JVM, where the task runs. */
    record Shared(HandedOver<Tensor> all, int first, int count) implements Rows {

        @Override
        public Tensor range(int from, int to) {
            return all.value().rows(first + from, first + to);
        }
    }

    /** Rows that travel with the task. */
    record Own(Tensor values) implements Rows {

        @Override
        public int count() {
            return values.dimension(0);
        }

        @Override
        public Tensor range(int from, int to) {
            return values.rows(from, to);
        }
    }
}
