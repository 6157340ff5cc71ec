package org.lockstep.executor.step.onednn;

/**
 * A convolution in double, by its definition: channels_last images, kernel (height, width, in / groups, filters), any
 * padding before.
 */
record NaiveConvolution(int[] x, int[] kernel, int[] y, int[] strides, int[] dilation, int[] before, int groups) {

    /** What is done at every pair of an input and a weight that meet in an output. */
    interface Visitor {
        void meet(int xIndex, int kernelIndex, int yIndex);
    }

    void visit(Visitor visitor) {
        int filters = kernel[3];
        int in = kernel[2];
        for (int n = 0; n < y[0]; n++) {
            for (int oh = 0; oh < y[1]; oh++) {
                for (int ow = 0; ow < y[2]; ow++) {
                    for (int kh = 0; kh < kernel[0]; kh++) {
                        for (int kw = 0; kw < kernel[1]; kw++) {
                            int h = oh * strides[0] - before[0] + kh * dilation[0];
                            int w = ow * strides[1] - before[1] + kw * dilation[1];
                            if (h < 0 || h >= x[1] || w < 0 || w >= x[2]) {
                                continue;
                            }
                            for (int i = 0; i < in; i++) {
                                for (int f = 0; f < filters; f++) {
                                    int channel = f / (filters / groups) * in + i;
                                    visitor.meet(
                                            ((n * x[1] + h) * x[2] + w) * x[3] + channel,
                                            ((kh * kernel[1] + kw) * in + i) * filters + f,
                                            ((n * y[1] + oh) * y[2] + ow) * filters + f);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
