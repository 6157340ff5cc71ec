package org.lockstep.data.image;

/**
 * Keras's bilinear resizing: pixel centres at half numbers, the four nearest pixels weighted, no antialiasing. Each value is
 * rounded to a byte, where Keras keeps fractions.
 */
final class Bilinear {

    /** Between which two source places a place lies, and how far from the first. */
    private record Places(int[] low, int[] high, float[] part) {

        static Places of(int from, int to) {
            Places places = new Places(new int[to], new int[to], new float[to]);
            float scale = (float) from / to;
            for (int i = 0; i < to; i++) {
                float place = (i + 0.5f) * scale - 0.5f;
                int floor = (int) StrictMath.floor(place);
                places.low[i] = Math.max(floor, 0);
                places.high[i] = Math.min(floor + 1, from - 1);
                places.part[i] = place - floor;
            }
            return places;
        }
    }

    private Bilinear() {}

    /** Writes the image into an array from this place on, (height, width, channels). */
    static void resize(Pixels image, int height, int width, byte[] into, int offset) {
        if (image.height() == height && image.width() == width) {
            System.arraycopy(image.values(), 0, into, offset, image.values().length);
            return;
        }
        Places rows = Places.of(image.height(), height);
        Places columns = Places.of(image.width(), width);
        byte[] values = image.values();
        int channels = image.channels();
        int stride = image.width() * channels;
        int out = offset;
        for (int y = 0; y < height; y++) {
            int top = rows.low[y] * stride;
            int bottom = rows.high[y] * stride;
            for (int x = 0; x < width; x++) {
                int left = columns.low[x] * channels;
                int right = columns.high[x] * channels;
                for (int c = 0; c < channels; c++) {
                    float above = between(values[top + left + c], values[top + right + c], columns.part[x]);
                    float below = between(values[bottom + left + c], values[bottom + right + c], columns.part[x]);
                    into[out++] = (byte) (int) (above + (below - above) * rows.part[y] + 0.5f);
                }
            }
        }
    }

    private static float between(byte a, byte b, float part) {
        int start = a & 0xFF;
        return start + ((b & 0xFF) - start) * part;
    }
}
