package org.lockstep.driver.conformance;

/**
 * What became of one case.
 *
 * @param absolute the largest |a − b| of its numbers
 * @param relative the largest |a − b| / |b| of its numbers with b finite and not 0
 * @param reason why it failed or was skipped; empty where it passed
 */
public record Outcome(String id, String op, Status status, double absolute, double relative, String reason) {

    /** Whether a case's numbers were met. */
    public enum Status {
        PASS,
        FAIL,
        SKIPPED
    }
}
