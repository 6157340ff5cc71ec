package org.lockstep.examples.bench;

/**
 * Two measurements that follow each other closely, so that what slows the machine slows both.
 *
 * @param ours Lockstep's images per second
 * @param peer the peer's images per second
 */
record Pair(double ours, double peer) {

    /** How many times faster Lockstep was. */
    double ratio() {
        return ours / peer;
    }
}
