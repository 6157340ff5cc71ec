package org.lockstep.examples.bench.exchange;

/**
 * A step on a cluster that is not here.
 *
 * @param model the network's name
 * @param compute seconds of forward, backward and update on one executor, as measured here
 * @param exchange seconds of the exchange, as the cost model says
 */
public record Prediction(
        String model, Algorithm algorithm, int executors, double gigabits, double compute, double exchange) {

    public double step() {
        return compute + exchange;
    }

    /** The part of the time that is computing: images per second as a part of what W single executors do. */
    public double efficiency() {
        return compute / step();
    }
}
