package org.lockstep.executor.queue.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a child prints: forwarded to this JVM's log line by line, the last lines kept. */
final class ChildLog {

    private static final System.Logger LOG = System.getLogger(ChildLog.class.getName());
    private static final int KEPT = 20;

    private final Deque<String> last = new ArrayDeque<>();

    /** Reads until the child closes its end; for a thread of its own. */
    void follow(InputStream in, long pid) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                LOG.log(System.Logger.Level.INFO, "child process " + pid + ": " + line);
            }
        } catch (IOException e) {
            keep("(its output cannot be read: " + e.getMessage() + ")");
        }
    }

    private synchronized void keep(String line) {
        if (last.size() == KEPT) {
            last.remove();
        }
        last.add(line);
    }

    /** The last lines as part of a message. */
    synchronized String tail() {
        return last.isEmpty() ? "It printed nothing" : "Its last lines:\n  " + String.join("\n  ", last);
    }
}
