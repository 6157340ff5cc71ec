/**
 * Spark's tasks: what runs in a partition of a training or validation job. Entry types: {@link
 * org.lockstep.executor.spark.SegmentTask}, {@link org.lockstep.executor.spark.StepTask} and {@link
 * org.lockstep.executor.spark.EvaluationTask}. The only package of this module that imports Spark.
 */
@NullMarked
package org.lockstep.executor.spark;

import org.jspecify.annotations.NullMarked;
