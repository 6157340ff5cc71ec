package org.lockstep.layers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The product of its inputs, number by number; they have one shape. */
public record Multiply(LayerConf conf) implements Merge {

    public static Multiply of() {
        return new Multiply(LayerConf.DEFAULT);
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
    public Multiply conf(LayerConf value) {
        return new Multiply(value);
    }

    public Multiply name(String value) {
        return conf(conf.name(value));
    }

    public Multiply trainable(boolean value) {
        return conf(conf.trainable(value));
    }
}
