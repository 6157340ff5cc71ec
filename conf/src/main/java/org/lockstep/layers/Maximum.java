package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The largest of its inputs, number by number; they have one shape. */
public record Maximum(LayerConf conf) implements Merge {

    public static Maximum of() {
        return new Maximum(LayerConf.DEFAULT);
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
    public Maximum conf(LayerConf value) {
        return new Maximum(value);
    }

    public Maximum name(String value) {
        return conf(conf.name(value));
    }

    public Maximum trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
