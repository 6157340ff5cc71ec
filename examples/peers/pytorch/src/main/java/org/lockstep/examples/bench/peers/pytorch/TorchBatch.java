package org.lockstep.examples.bench.peers.pytorch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lockstep.examples.bench.side.Images;

/**
 * Images and class numbers as PyTorch's.
 *
 * @param x (n, channels, height, width)
 * @param y (n)
 */
record TorchBatch(Tensor x, Tensor y) {

    static TorchBatch of(Images images, torch.MemoryFormat format) {
        int[] shape = images.x().shape();
        long[] sizes = {shape[0], shape[1], shape[2], shape[3]};
        float[] labels = images.y().values();
        long[] classes = new long[labels.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (long) labels[i];
        }
        try (FloatPointer pixels = new FloatPointer(images.x().values())) {
            Tensor x = torch.from_blob(pixels, sizes).permute(0, 3, 1, 2).clone(new MemoryFormatOptional(format));
            return new TorchBatch(x, torch.tensor(classes));
        }
    }
}
