/**
 * Reference cases run through the public API. Entry type: {@link org.lockstep.driver.conformance.Conformance}. One class
 * per family of ops, registered in {@code Runners}; imports the values, the executors' network and update, and the driver.
 */
@NullMarked
package org.lockstep.driver.conformance;

import org.jspecify.annotations.NullMarked;
