/**
 * Predictions on held-out samples judged: counts of truth against prediction, and samples to look at. Entry type: {@link
 * org.lockstep.driver.predictions.Judge}. Imports the JDK, data and losses.
 */
@NullMarked
package org.lockstep.driver.predictions;

import org.jspecify.annotations.NullMarked;
