package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;

/** A batch of images, held in memory as (batch, height, width, channels). */
record Image(int batch, int channels, int height, int width, Numbers numbers) {

    desc desc() {
        return new desc(new long[] {batch, channels, height, width}, numbers.type(), format_tag.nhwc);
    }

    long size() {
        return (long) batch * channels * height * width;
    }
}
