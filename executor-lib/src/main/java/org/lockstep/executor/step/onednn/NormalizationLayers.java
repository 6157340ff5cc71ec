package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;
import org.lockstep.layers.BatchNormalization;

/** Operations of batch normalization. */
record NormalizationLayers(Builder builder) {

    /** @param index the layer's place in the model */
    Value add(int index, BatchNormalization layer, Value input) {
        Value x = input.layout().isBlockedAlong(layer.axis()) ? input : builder.unblocked(input);
        Parameter gamma = builder.parameter(index, "gamma");
        Parameter beta = builder.parameter(index, "beta");
        Parameter mean = builder.required(index, "moving_mean");
        Parameter variance = builder.required(index, "moving_variance");
        boolean trained = builder.trains() && layer.trainable();
        if (!builder.trains()) {
            Value folded = folded(layer, gamma, beta, mean, variance, x);
            if (folded != null) {
                return folded;
            }
        }
        Layout.Lines lines = x.layout().along(layer.axis());
        Normalization normalization = new Normalization(
                builder.device(),
                builder.kind(),
                lines,
                x.layout().numbers(),
                (float) layer.epsilon(),
                !trained,
                false);
        Value y = new Value(x.layout(), builder.data(x.layout()), gradient(x, trained));
        if (trained && layer.isSynchronized()) {
            new MeetingLayers(builder, normalization).add(x, y, gamma, beta, mean, variance);
            return y;
        }
        builder.add(NormalizationOperation.of(
                normalization,
                x,
                y,
                statistic(mean, trained, lines),
                statistic(variance, trained, lines),
                new Normalization.Affine(value(gamma), value(beta)),
                y.gradient() == null
                        ? new Normalization.Affine(null, null)
                        : new Normalization.Affine(gradient(gamma), gradient(beta))));
        return y;
    }

    private NormalizationOperation.Statistic statistic(Parameter parameter, boolean trained, Layout.Lines lines) {
        return trained
                ? new NormalizationOperation.Statistic(
                        builder.device().arena().floats(lines.length()), parameter.gradient())
                : new NormalizationOperation.Statistic(parameter.value(), parameter.gradient());
    }

    /** The output as the end of the product that makes x, or null if x does not come out of one along this axis. */
    private @Nullable Value folded(
            BatchNormalization layer,
            @Nullable Parameter gamma,
            @Nullable Parameter beta,
            Parameter mean,
            Parameter variance,
            Value x) {
        Layout.Lines lines = x.layout().along(layer.axis());
        if (!(builder.last() instanceof ProductOperation product)
                || !product.yields(x)
                || !product.epilogue().equals(Epilogue.NONE)
                || lines.inner() != 1
                || lines.length() != product.channels()) {
            return null;
        }
        Arena arena = builder.device().arena();
        Epilogue.Scaling scaling =
                new Epilogue.Scaling(arena.floats(lines.length()), arena.floats(lines.length()), lines.length());
        ProductOperation scaled = product.with(Epilogue.of(scaling));
        if (scaled == null) {
            return null;
        }
        builder.removeLast();
        builder.add(new FoldingOperation(
                mean.value(), variance.value(), value(gamma), value(beta), layer.epsilon(), scaling));
        builder.add(scaled);
        return x;
    }

    /** The place of x's gradient, changed in place; one of its own where only gamma and beta need it. */
    private @Nullable Slot gradient(Value x, boolean trained) {
        if (x.gradient() != null || !trained) {
            return x.gradient();
        }
        return builder.data(x.layout());
    }

    private static @Nullable Slot value(@Nullable Parameter parameter) {
        return parameter == null ? null : parameter.value();
    }

    /** Where the parameter's gradient goes: oneDNN wants a place for it even where it is not trained. */
    private @Nullable Slot gradient(@Nullable Parameter parameter) {
        if (parameter == null || parameter.gradient() != null) {
            return parameter == null ? null : parameter.gradient();
        }
        return builder.device().arena().bytes(parameter.value().bytes());
    }
}
