package org.lockstep.driver.plan;

/** Whose rules a fit follows where versions of Keras differ. */
public enum Version {
    /** {@code fit}: Keras 3. */
    KERAS3,
    /** {@code fit_generator}: tf.keras 2.15. */
    TFKERAS215
}
