package org.lockstep.executor.step.onednn;

/** How numbers in the same place become one, two at a time from the left; and the slope by one of them. */
enum MergeFunction {
    /** a · b. */
    PRODUCT {
        @Override
        float merged(float a, float b) {
            return a * b;
        }
    },
    /** max(a, b). */
    LARGEST {
        @Override
        float merged(float a, float b) {
            return Math.max(a, b);
        }
    },
    /** min(a, b). */
    SMALLEST {
        @Override
        float merged(float a, float b) {
            return Math.min(a, b);
        }
    };

    abstract float merged(float a, float b);
}
