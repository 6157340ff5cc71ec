package org.lockstep.driver.launch;

import java.nio.FloatBuffer;
import org.lockstep.executor.TrainState;

/**
 * What a training goes on from, and back to where it must.
 *
 * @param step the next one, 0-based in the epoch
 * @param version what executors that hold the state call it; {@link #UNKNOWN} where none can
 */
record Point(TrainState state, int step, long version) {

    static final long UNKNOWN = -1;

    /** 64 bits that change with any bit of the weights and slots, so that a changed state is noticed without a copy. */
    static long fingerprint(TrainState state) {
        long hash = mix(0, state.weights());
        for (FloatBuffer slot : state.slots().values()) {
            hash = mix(hash, slot);
        }
        return hash;
    }

    private static long mix(long hash, FloatBuffer values) {
        long mixed = hash;
        for (int i = 0; i < values.capacity(); i++) {
            mixed = mix(mixed, values.get(i));
        }
        return mixed;
    }

    private static long mix(long hash, float value) {
        long mixed = (hash ^ Float.floatToRawIntBits(value)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
