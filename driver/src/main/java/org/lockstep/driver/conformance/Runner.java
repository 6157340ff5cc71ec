package org.lockstep.driver.conformance;

/** Does what the cases of one op describe. */
@FunctionalInterface
interface Runner {

    /**
     * Runs a case; a setting that is left unread counts as not supported.
     *
     * @throws RuntimeException where the product refuses the case
     */
    void run(Case given, Check check);
}
