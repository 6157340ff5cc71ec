package org.lockstep.executor.spark;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import org.lockstep.data.LostDataException;
import org.lockstep.executor.exchange.PeerFailedException;

/**
 * A failure on its way to the driver: text only, so that nothing about it can fail to travel.
 *
 * @param place executor and host
 * @param type class name of the exception
 * @param isEcho whether it only repeats another worker's failure
 * @param isLostData whether the driver can bring back what was missing
 */
public record TaskFailure(
        String place, String type, String message, String stackTrace, boolean isEcho, boolean isLostData)
        implements Serializable {

    static TaskFailure of(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        boolean isEcho = failure instanceof PeerFailedException;
        return new TaskFailure(
                TaskPlace.name(), failure.getClass().getName(), message, trace.toString(), isEcho, isLostData(failure));
    }

    private static boolean isLostData(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof LostDataException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
