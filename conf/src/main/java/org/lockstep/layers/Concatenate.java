package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Its inputs one after the other along an axis; in the other axes they have one shape.
 *
 * @param axis counted with the batch; negative ones count from the end
 */
public record Concatenate(LayerConf conf, int axis) implements Merge {

    /** Along the last axis. */
    public static Concatenate of() {
        return of(-1);
    }

    public static Concatenate of(int axis) {
        return new Concatenate(LayerConf.DEFAULT, axis);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return MergeRules.concatenated(inputs, axis);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("axis", axis).asMap();
    }

    @Override
    public Concatenate conf(LayerConf value) {
        return new Concatenate(value, axis);
    }

    public Concatenate name(String value) {
        return conf(conf.name(value));
    }

    public Concatenate trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
