package org.lockstep.executor.step.dl4j;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Another order of axes, then perhaps each sample as one row. */
final class Rearrangement implements InputPreProcessor {

    private static final long serialVersionUID = 1;

    private final int[] permutation;
    private final boolean flat;
    private final long[] sample;

    /**
     * @param permutation axis i of the output is axis permutation[i] of the input
     * @param sample the shape of one sample after the permutation, before it becomes a row
     */
    Rearrangement(int[] permutation, boolean flat, long... sample) {
        this.permutation = permutation.clone();
        this.flat = flat;
        this.sample = sample.clone();
    }

    @Override
    public INDArray preProcess(INDArray input, int samples, @Nullable LayerWorkspaceMgr workspaces) {
        INDArray moved = Axes.permute(input, permutation);
        return flat ? moved.reshape('c', input.size(0), moved.length() / input.size(0)) : moved;
    }

    @Override
    public INDArray backprop(INDArray gradient, int samples, @Nullable LayerWorkspaceMgr workspaces) {
        INDArray image = gradient;
        if (flat) {
            long[] shape = new long[sample.length + 1];
            shape[0] = gradient.size(0);
            System.arraycopy(sample, 0, shape, 1, sample.length);
            image = gradient.dup('c').reshape('c', shape);
        }
        return Axes.permute(image, Axes.inverse(permutation));
    }

    @Override
    @SuppressWarnings("MissingSuperCall") // immutable
    public Rearrangement clone() {
        return this;
    }

    @Override
    public InputType getOutputType(InputType input) {
        throw new UnsupportedOperationException("Cannot infer types: every layer is given its sizes");
    }

    @Override
    public Pair<@Nullable INDArray, MaskState> feedForwardMaskArray(
            @Nullable INDArray mask, MaskState state, int samples) {
        return new Pair<>(mask, state);
    }
}
