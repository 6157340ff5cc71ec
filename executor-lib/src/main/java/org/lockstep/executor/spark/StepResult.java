package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import org.lockstep.executor.Kernel;
import org.lockstep.report.QueueReport;
import org.lockstep.report.Timing;

/**
 * The gradient sums of one worker's shards for one step, as nodes of the canonical tree.
 *
 * @param kernel what the worker's JVM computes with
 * @param timing of the worker
 * @param queues what the queues in the worker's JVM did since the last report
 */
public record StepResult(ArrayList<NodeData> nodes, Kernel kernel, Timing timing, ArrayList<QueueReport> queues)
        implements Serializable {}
