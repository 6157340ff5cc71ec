package org.lockstep.data.image;

/**
 * A decoded image.
 *
 * @param values unsigned bytes, (height, width, channels)
 */
record Pixels(int height, int width, int channels, byte[] values) {}
