package org.lockstep.examples.bench.exchange;

import java.util.List;

/** What connects the worker processes of this machine. */
interface Net extends AutoCloseable {

    /** What it is, for a reader. */
    String describe();

    /** The address that a worker listens at. */
    String host(int worker);

    /** The words before a worker's command. */
    List<String> prefix(int worker);

    /** Whether each worker's interface carries nothing but its own bytes. */
    boolean isIsolated();

    @Override
    void close();

    /** All workers on the loopback interface. */
    record Loopback() implements Net {

        @Override
        public String describe() {
            return "the loopback interface";
        }

        @Override
        public String host(int worker) {
            return "127.0.0.1";
        }

        @Override
        public List<String> prefix(int worker) {
            return List.of();
        }

        @Override
        public boolean isIsolated() {
            return false;
        }

        @Override
        public void close() {}
    }
}
