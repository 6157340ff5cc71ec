package org.lockstep.data.synthetic;

import java.util.Arrays;

/** A square of pixels that knows, for each pixel's centre, the squared distance to the nearest drawn segment. */
final class Canvas {

    /** Pixels on each side. */
    static final int SIDE = 28;

    private final float[] squared = new float[SIDE * SIDE];
    private final float reach;

    /** @param reach the distance in pixels beyond which nothing is recorded */
    Canvas(float reach) {
        this.reach = reach;
        Arrays.fill(squared, reach * reach);
    }

    /** Draws a straight segment, in pixels; parts outside the square are cut off. */
    void segment(float x0, float y0, float x1, float y1) {
        float dx = x1 - x0;
        float dy = y1 - y0;
        float inverse = 1 / Math.max(1e-6f, dx * dx + dy * dy);
        int left = Math.max(0, (int) (Math.min(x0, x1) - reach));
        int right = Math.min(SIDE - 1, (int) (Math.max(x0, x1) + reach));
        int top = Math.max(0, (int) (Math.min(y0, y1) - reach));
        int bottom = Math.min(SIDE - 1, (int) (Math.max(y0, y1) + reach));
        for (int row = top; row <= bottom; row++) {
            float py = row + 0.5f - y0;
            for (int column = left; column <= right; column++) {
                float px = column + 0.5f - x0;
                float along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
                float ex = px - along * dx;
                float ey = py - along * dy;
                int place = row * SIDE + column;
                squared[place] = Math.min(squared[place], ex * ex + ey * ey);
            }
        }
    }

    /** How much ink, in [0, 1], a pen of this half width leaves on a pixel; its edge fades over {@code softness}. */
    float ink(int place, float halfWidth, float softness) {
        float value = squared[place];
        if (value >= reach * reach) {
            return 0;
        }
        float ink = (halfWidth - (float) Math.sqrt(value)) / softness + 0.5f;
        return Math.min(1, Math.max(0, ink));
    }
}
