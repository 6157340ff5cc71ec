package org.lockstep.executor.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task brings back: its result, or why there is none. Failures are results, so that Spark does not run again what
 * would fail again, and the driver learns the first cause.
 *
 * @param location of the executor, as Spark takes it for a preferred one
 */
public record TaskEnd<T>(@Nullable T result, @Nullable TaskFailure failure, String location) implements Serializable {

    /** Something that may fail; null where there is nothing to bring back. */
    interface Work<T> {
        @Nullable
        T run() throws Exception;
    }

    /** The result of some work, or its failure; what the JVM cannot survive goes through. */
    static <T> TaskEnd<T> of(Work<T> work) {
        try {
            return new TaskEnd<>(work.run(), null, TaskPlace.location());
        } catch (VirtualMachineError e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TaskEnd<>(null, TaskFailure.of(e), TaskPlace.location());
        } catch (Throwable e) {
            return new TaskEnd<>(null, TaskFailure.of(e), TaskPlace.location());
        }
    }
}
