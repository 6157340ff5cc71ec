package org.lockstep.model;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;

/** The shapes of a model's tensors. */
final class Shapes {

    private Shapes() {}

    /** Those of all tensors, by number. */
    static List<Shape> of(Shape input, List<Layer> layers, List<LayerCall> calls) {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(input);
        for (LayerCall call : calls) {
            shapes.add(layers.get(call.layer()).outputShape(of(call, shapes)));
        }
        return List.copyOf(shapes);
    }

    /** Those that a call reads. */
    static List<Shape> of(LayerCall call, List<Shape> shapes) {
        return call.inputs().stream().map(shapes::get).toList();
    }
}
