package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mean of its inputs, which have one shape. */
public record Average(LayerConf conf) implements Merge {

    public static Average of() {
        return new Average(LayerConf.DEFAULT);
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
    public Average conf(LayerConf value) {
        return new Average(value);
    }

    public Average name(String value) {
        return conf(conf.name(value));
    }

    public Average trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
