/**
 * A run's numbers as pictures. Entry types: {@link org.lockstep.driver.curves.LearningCurves}, {@link
 * org.lockstep.driver.curves.ProfilePicture} and {@link org.lockstep.driver.curves.StepColumns}. Imports the JDK, markup and reports; the sole importer of XChart.
 */
@NullMarked
package org.lockstep.driver.curves;

import org.jspecify.annotations.NullMarked;
