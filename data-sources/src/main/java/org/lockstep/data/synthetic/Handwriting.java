package org.lockstep.data.synthetic;

import java.util.List;
import org.lockstep.random.CounterRandom;

/**
 * One digit as one hand draws it: a way of writing, bent, slanted, turned, resized and moved, with a pen of some width
 * on paper of some dirt. A function of its random stream.
 */
final class Handwriting {

    private static final int PIECES = 4;
    private static final float BEND = 0.055f;
    private static final float TURN = 0.26f;
    private static final float SLANT = 0.3f;
    private static final float MOVE = 2.6f;

    private final CounterRandom random;

    /** The affine map from the digit's box to pixels. */
    private final float xx;

    private final float xy;
    private final float yx;
    private final float yy;
    private final float moveX;
    private final float moveY;

    private Handwriting(CounterRandom random) {
        this.random = random;
        double turn = between(-TURN, TURN);
        float slant = between(-SLANT, SLANT);
        float width = between(9, 16);
        float height = between(15, 21);
        float cos = (float) StrictMath.cos(turn);
        float sin = (float) StrictMath.sin(turn);
        this.xx = cos * width;
        this.xy = (-sin - cos * slant) * height;
        this.yx = sin * width;
        this.yy = (cos - sin * slant) * height;
        this.moveX = Canvas.SIDE / 2f + between(-MOVE, MOVE);
        this.moveY = Canvas.SIDE / 2f + between(-MOVE, MOVE);
    }

    /** Draws a digit: one byte of brightness for each pixel, row by row, ink bright. */
    static byte[] draw(int digit, CounterRandom random) {
        Handwriting hand = new Handwriting(random);
        float halfWidth = hand.between(0.7f, 1.7f);
        float softness = hand.between(0.8f, 1.8f);
        float brightness = hand.between(0.6f, 1);
        Canvas ink = new Canvas(halfWidth + softness / 2);
        List<List<Stroke>> ways = Glyphs.of(digit);
        for (Stroke stroke : ways.get(random.nextInt(ways.size()))) {
            hand.stroke(ink, stroke);
        }
        Canvas dirt = new Canvas(1.5f);
        for (int i = random.nextInt(3); i > 0; i--) {
            hand.scratch(dirt);
        }
        float dirtiness = hand.between(0.2f, 0.6f);
        int noise = random.nextInt(48);
        byte[] pixels = new byte[Canvas.SIDE * Canvas.SIDE];
        for (int place = 0; place < pixels.length; place += 2) {
            int bits = random.nextInt();
            for (int i = place; i < place + 2; i++, bits >>>= 16) {
                float value =
                        Math.max(brightness * ink.ink(i, halfWidth, softness), dirtiness * dirt.ink(i, 0.6f, 1.2f));
                int grain = (((bits & 0xFF) + ((bits >>> 8) & 0xFF) - 0xFF) * noise) >> 8;
                pixels[i] = (byte) Math.min(255, Math.max(0, (int) (value * 255) + grain));
            }
        }
        return pixels;
    }

    private void stroke(Canvas canvas, Stroke stroke) {
        int count = stroke.points().count();
        float[] x = new float[count];
        float[] y = new float[count];
        for (int i = 0; i < count; i++) {
            float u = stroke.points().x(i) - 0.5f + between(-BEND, BEND);
            float v = stroke.points().y(i) - 0.5f + between(-BEND, BEND);
            x[i] = moveX + xx * u + xy * v;
            y[i] = moveY + yx * u + yy * v;
        }
        for (int i = 0; i + 1 < count; i++) {
            if (stroke.curved()) {
                curve(canvas, x, y, i);
            } else {
                canvas.segment(x[i], y[i], x[i + 1], y[i + 1]);
            }
        }
    }

    /** The part of a Catmull-Rom curve between two neighbouring points, in straight pieces. */
    private static void curve(Canvas canvas, float[] x, float[] y, int i) {
        int before = Math.max(0, i - 1);
        int after = Math.min(x.length - 1, i + 2);
        float lastX = x[i];
        float lastY = y[i];
        for (int piece = 1; piece <= PIECES; piece++) {
            float t = (float) piece / PIECES;
            float nextX = between(x[before], x[i], x[i + 1], x[after], t);
            float nextY = between(y[before], y[i], y[i + 1], y[after], t);
            canvas.segment(lastX, lastY, nextX, nextY);
            lastX = nextX;
            lastY = nextY;
        }
    }

    private static float between(float a, float b, float c, float d, float t) {
        return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    private void scratch(Canvas canvas) {
        float x = between(0, Canvas.SIDE);
        float y = between(0, Canvas.SIDE);
        canvas.segment(x, y, x + between(-5, 5), y + between(-5, 5));
    }

    private float between(float low, float high) {
        return low + (high - low) * random.nextFloat();
    }
}
