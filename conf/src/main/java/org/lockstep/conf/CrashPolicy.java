package org.lockstep.conf;

/** What follows when a child process that makes batches dies. */
public enum CrashPolicy {
    /** Another is started and asked again; the run fails when a batch has cost four of them. */
    RESTART,
    /** The run fails. */
    FAIL
}
