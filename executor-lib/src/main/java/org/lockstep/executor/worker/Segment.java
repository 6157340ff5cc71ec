package org.lockstep.executor.worker;

import java.io.Serializable;

/** A run of consecutive steps of one epoch, all numbers 0-based, {@code toStep} excluded. */
public record Segment(int epoch, int fromStep, int toStep) implements Serializable {}
