package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import org.lockstep.report.Timing;

/** The gradient sums of one worker's shards for one step, as nodes of the canonical tree. */
public record StepResult(ArrayList<NodeData> nodes, Timing timing) implements Serializable {}
