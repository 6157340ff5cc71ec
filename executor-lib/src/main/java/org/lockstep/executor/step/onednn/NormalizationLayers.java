package org.lockstep.executor.step.onednn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.BatchNormalization;

/** Operations of batch normalization. */
record NormalizationLayers(Builder builder) {

    /** @param index the layer's place in the model */
    Value add(int index, BatchNormalization layer, Value x) {
        Parameter gamma = builder.parameter(index, "gamma");
        Parameter beta = builder.parameter(index, "beta");
        Parameter mean = builder.required(index, "moving_mean");
        Parameter variance = builder.required(index, "moving_variance");
        boolean trained = builder.trains() && layer.trainable();
        Layout.Lines lines = x.layout().along(layer.axis());
        Normalization normalization = new Normalization(builder.device(), lines, (float) layer.epsilon(), !trained);
        Slot usedMean = trained ? builder.device().arena().kept(lines.length()) : mean.value();
        Slot usedVariance = trained ? builder.device().arena().kept(lines.length()) : variance.value();
        Normalization.Affine affine = new Normalization.Affine(value(gamma), value(beta));
        Value y = new Value(x.layout(), builder.data(x.layout()), gradient(x, trained));
        Call forward = normalization.forward(x.data(), y.data(), usedMean, usedVariance, affine);
        List<Call> backward = List.of();
        if (y.gradient() != null) {
            Normalization.Affine gradients = new Normalization.Affine(gradient(gamma), gradient(beta));
            backward =
                    List.of(normalization.backward(x.data(), y.gradient(), usedMean, usedVariance, affine, gradients));
        }
        builder.add(new Calls(List.of(forward), backward));
        int samples = x.layout().shape().dimension(0);
        addStatistics(usedMean, mean.gradient(), samples);
        addStatistics(usedVariance, variance.gradient(), samples);
        return y;
    }

    private void addStatistics(Slot statistic, @Nullable Slot gradient, int samples) {
        if (gradient != null) {
            builder.add(new StatisticOperation(statistic, gradient, samples));
        }
    }

    /** The place of x's gradient, changed in place; one of its own where only gamma and beta need it. */
    private @Nullable Slot gradient(Value x, boolean trained) {
        if (x.gradient() != null || !trained) {
            return x.gradient();
        }
        return builder.passing(x.layout().size());
    }

    private static @Nullable Slot value(@Nullable Parameter parameter) {
        return parameter == null ? null : parameter.value();
    }

    /** Where the parameter's gradient goes: oneDNN wants a place for it even where it is not trained. */
    private @Nullable Slot gradient(@Nullable Parameter parameter) {
        if (parameter == null || parameter.gradient() != null) {
            return parameter == null ? null : parameter.gradient();
        }
        return builder.device().arena().keptBytes(parameter.value().bytes());
    }
}
