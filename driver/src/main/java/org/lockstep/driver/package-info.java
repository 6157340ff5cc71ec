/**
 * The model with Keras's verbs: compile, fit, evaluate, predict, save, load. Entry type: {@link
 * org.lockstep.driver.SparkModel}. With {@code launch} the only package of this module that imports Spark.
 */
@NullMarked
package org.lockstep.driver;

import org.jspecify.annotations.NullMarked;
