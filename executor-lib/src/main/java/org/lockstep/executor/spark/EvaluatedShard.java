package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.step.BatchSums;

/**
 * What an evaluation found in one shard.
 *
 * @param steps the sums of its batches, by step
 * @param skipped the bad records that were left out of them, as in a {@link org.lockstep.report.QueueReport}
 */
public record EvaluatedShard(ArrayList<BatchSums> steps, List<String> skipped) implements Serializable {}
