package org.lockstep.executor.step.loss;

/** The wanted distribution over classes at one position. */
interface ClassTarget {

    /** Numbers that state it. */
    int size(int classes);

    /** The wanted probability of one class. */
    double at(float[] targets, int from, int index, int classes);

    /** One number for each class, smoothed to y (1 − s) + s / K. */
    static ClassTarget distribution(double smoothing) {
        return new ClassTarget() {
            @Override
            public int size(int classes) {
                return classes;
            }

            @Override
            public double at(float[] targets, int from, int index, int classes) {
                return targets[from + index] * (1 - smoothing) + smoothing / classes;
            }
        };
    }

    /** The number of a class. */
    static ClassTarget number() {
        return new ClassTarget() {
            @Override
            public int size(int classes) {
                return 1;
            }

            @Override
            public double at(float[] targets, int from, int index, int classes) {
                int wanted = (int) targets[from];
                if (wanted < 0 || wanted >= classes) {
                    throw new IllegalArgumentException(
                            "Received a label value of %s which is outside the valid range of [0, %d)."
                                    .formatted(targets[from], classes));
                }
                return wanted == index ? 1 : 0;
            }
        };
    }
}
