package org.lockstep.executor.step.loss;

/** A loss of one target y and one prediction p. */
interface Formula {

    double value(double y, double p);

    /** Its derivative with respect to p; at a kink what Keras's back ends take. */
    double slope(double y, double p);
}
