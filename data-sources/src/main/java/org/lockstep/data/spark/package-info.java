/**
 * Rows of a Dataset or an RDD, written once as shard files on executor disks and read from there. Entry type:
 * {@link org.lockstep.data.spark.RowSource}. Imports {@code org.lockstep.data}, {@code org.lockstep.keras}, {@code
 * org.lockstep.report}, and Spark as
 * the only one here.
 */
@NullMarked
package org.lockstep.data.spark;

import org.jspecify.annotations.NullMarked;
