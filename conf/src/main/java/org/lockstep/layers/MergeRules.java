package org.lockstep.layers;

import java.util.List;
import java.util.stream.Collectors;
import org.lockstep.keras.NotSupportedException;

/** The shapes that come out of merging layers, and Keras's refusals of those that go in. */
final class MergeRules {

    private MergeRules() {}

    /** Of layers that take numbers in the same place together. */
    static Shape same(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("A merge layer should be called on a list of at least 1 input. "
                    + "Received 0 inputs. Full input_shape received: []");
        }
        Shape output = inputs.get(0);
        for (Shape input : inputs) {
            output = same(output, input);
        }
        return output;
    }

    static Shape difference(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "A `Subtract` layer should be called on exactly 2 inputs. Received: input_shape=" + list(inputs));
        }
        return same(inputs);
    }

    private static Shape same(Shape a, Shape b) {
        int rank = Math.min(a.rank(), b.rank());
        boolean repeats = a.rank() != b.rank();
        Shape merged = a;
        for (int back = 1; back <= rank; back++) {
            int left = a.dimension(-back);
            int right = b.dimension(-back);
            if (left == right || right == Shape.UNKNOWN) {
                continue;
            }
            if (left == Shape.UNKNOWN) {
                merged = merged.with(-back, right);
            } else if (left == 1 || right == 1) {
                repeats = true;
            } else {
                throw new IllegalArgumentException(
                        "Inputs have incompatible shapes. Received shapes %s and %s".formatted(sample(a), sample(b)));
            }
        }
        if (repeats) {
            throw new NotSupportedException(
                    "Cannot merge inputs of shapes %s and %s: repeating the smaller one is not supported"
                            .formatted(a, b));
        }
        return merged;
    }

    private static Shape sample(Shape batch) {
        return Shape.of(batch.sample());
    }

    static Shape concatenated(List<Shape> inputs, int axis) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "A `Concatenate` layer should be called on a list of at least 1 input. Received: input_shape=[]");
        }
        Shape output = inputs.get(0);
        int rank = output.rank();
        int place = axis < 0 ? axis + rank : axis;
        if (place < 1 || place >= rank) {
            throw new IllegalArgumentException(
                    "Invalid `axis`: must name a dimension of the inputs %s after the batch. Received: %d"
                            .formatted(list(inputs), axis));
        }
        int size = 0;
        for (Shape input : inputs) {
            if (input.rank() != rank || !input.with(place, 0).equals(output.with(place, 0))) {
                throw new IllegalArgumentException("A `Concatenate` layer requires inputs with matching shapes except "
                        + "for the concatenation axis. Received: input_shape=" + list(inputs));
            }
            boolean known = size != Shape.UNKNOWN && input.isKnown(place);
            size = known ? Math.addExact(size, input.dimension(place)) : Shape.UNKNOWN;
        }
        return output.with(place, size);
    }

    private static String list(List<Shape> shapes) {
        return shapes.stream().map(Shape::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
