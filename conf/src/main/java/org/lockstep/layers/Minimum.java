package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The smallest of its inputs, number by number; they have one shape. */
public record Minimum(LayerConf conf) implements Merge {

    public static Minimum of() {
        return new Minimum(LayerConf.DEFAULT);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return MergeRules.same(inputs);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).asMap();
    }

    @Override
    public Minimum conf(LayerConf value) {
        return new Minimum(value);
    }

    public Minimum name(String value) {
        return conf(conf.name(value));
    }

    public Minimum trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
