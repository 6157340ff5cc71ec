/** A run's history as a picture. Entry type: {@link org.lockstep.driver.curves.LearningCurves}. The sole importer of XChart. */
@NullMarked
package org.lockstep.driver.curves;

import org.jspecify.annotations.NullMarked;
