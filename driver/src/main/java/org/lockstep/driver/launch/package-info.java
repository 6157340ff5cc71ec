/**
 * Spark jobs that train: the two exchanges as seen from the driver. Entry type: {@link org.lockstep.driver.launch.Launcher}.
 * Imports Spark.
 */
@NullMarked
package org.lockstep.driver.launch;

import org.jspecify.annotations.NullMarked;
