package org.lockstep.data.synthetic;

/**
 * One movement of the pen, in a box whose corners are (0, 0), top left, and (1, 1).
 *
 * @param curved whether the pen passes smoothly through the points or straight from one to the next
 */
record Stroke(boolean curved, Points points) {

    /** Points of a stroke: x and y alternate. */
    static final class Points {

        private final float[] coordinates;

        private Points(float[] coordinates) {
            this.coordinates = coordinates;
        }

        int count() {
            return coordinates.length / 2;
        }

        float x(int point) {
            return coordinates[2 * point];
        }

        float y(int point) {
            return coordinates[2 * point + 1];
        }
    }

    static Stroke curve(double... coordinates) {
        return new Stroke(true, points(coordinates));
    }

    static Stroke line(double... coordinates) {
        return new Stroke(false, points(coordinates));
    }

    private static Points points(double... coordinates) {
        float[] copy = new float[coordinates.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) coordinates[i];
        }
        return new Points(copy);
    }
}
