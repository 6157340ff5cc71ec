package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sum of its inputs, which have one shape. */
public record Add(LayerConf conf) implements Merge {

    public static Add of() {
        return new Add(LayerConf.DEFAULT);
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
    public Add conf(LayerConf value) {
        return new Add(value);
    }

    public Add name(String value) {
        return conf(conf.name(value));
    }

    public Add trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
