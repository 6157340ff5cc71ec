package org.lockstep.examples.bench;

/** A requirement on what benchmarks measure: {@link Bar} on sides of a contest, {@link ExchangeBar} on exchanges. */
sealed interface Required permits Bar, ExchangeBar {

    /** What is compared with the bound. */
    Quantity quantity();

    double bound();

    /** What is required, in words. */
    String title();

    default String number() {
        return bound() == Math.rint(bound()) ? Long.toString((long) bound()) : Double.toString(bound());
    }
}
