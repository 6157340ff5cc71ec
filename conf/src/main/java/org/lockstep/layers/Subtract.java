package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first of its two inputs less the second; they have one shape. */
public record Subtract(LayerConf conf) implements Merge {

    public static Subtract of() {
        return new Subtract(LayerConf.DEFAULT);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return MergeRules.difference(inputs);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).asMap();
    }

    @Override
    public Subtract conf(LayerConf value) {
        return new Subtract(value);
    }

    public Subtract name(String value) {
        return conf(conf.name(value));
    }

    public Subtract trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
