package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * A batch of images, held in memory as (batch, height, width, channels), or in blocks.
 *
 * @param blocked whether memory holds them as (batch, blocks, height, width, 16 channels), and as (batch, channels, height,
 *     width) where the channels fill no blocks
 */
record Image(int batch, int channels, int height, int width, Numbers numbers, boolean blocked) {

    /** Channels of a block: as many as numbers in the widest register. */
    static final int BLOCK = 16;

    desc desc() {
        return new desc(new long[] {batch, channels, height, width}, numbers.type(), tag());
    }

    private format_tag tag() {
        if (!blocked) {
            return format_tag.nhwc;
        }
        return isInBlocks() ? format_tag.nChw16c : format_tag.nchw;
    }

    boolean isInBlocks() {
        return blocked && channels % BLOCK == 0;
    }

    /** How many channels memory holds side by side: all that are last, or those of a block. */
    int blockChannels() {
        if (!blocked) {
            return channels;
        }
        return isInBlocks() ? BLOCK : 1;
    }

    /** Whether memory holds a single block of each image: that is channels last at once. */
    boolean isOneBlock() {
        return isInBlocks() && channels == BLOCK;
    }

    /** The same batch, held with its channels last. */
    Image channelsLast() {
        return new Image(batch, channels, height, width, numbers, false);
    }

    long size() {
        return (long) batch * channels * height * width;
    }
}
