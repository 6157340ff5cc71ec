package org.lockstep.report;

/**
 * What the recovery points of a training cost: the pauses between the last step before each and the first after it. Ends of
 * epochs, which are such points too, are not counted.
 *
 * @param count of them
 * @param seconds of all pauses
 * @param cpuSeconds that executors and driver computed in them, prefetching of batches included
 * @param allCpuSeconds that executors and driver computed from the first step to the last
 */
public record RecoveryPoints(int count, double seconds, double cpuSeconds, double allCpuSeconds) {

    public static final RecoveryPoints NONE = new RecoveryPoints(0, 0, 0, 0);

    /** Of the training's processor time, at most; 0 where nothing was measured. */
    public double cpuShare() {
        return allCpuSeconds > 0 ? cpuSeconds / allCpuSeconds : 0;
    }
}
