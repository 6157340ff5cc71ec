package org.lockstep.conf.json;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.Average;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.ELU;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.LayerConf;
import org.lockstep.layers.LeakyReLU;
import org.lockstep.layers.Maximum;
import org.lockstep.layers.Minimum;
import org.lockstep.layers.Multiply;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.Padding;
import org.lockstep.layers.ReLU;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Reshape;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Softmax;
import org.lockstep.layers.Subtract;
import org.lockstep.layers.Weight;

/** Layers from Keras's constructor arguments, which are also the keys of Keras's configurations. */
final class Layers {

    private static final Map<String, Function<Arguments, Layer>> MAKERS = makers();

    private Layers() {}

    /** A layer of that class. */
    static Layer layer(String className, Map<String, @Nullable Object> values) {
        Function<Arguments, Layer> maker = MAKERS.get(className);
        if (maker == null) {
            throw new NotSupportedException("Unknown layer: '%s' is not one of the supported classes.%s"
                    .formatted(className, Nearest.suggestion(className, Set.copyOf(MAKERS.keySet()))));
        }
        Arguments arguments = new Arguments(className, values);
        Layer layer = maker.apply(arguments);
        Layer named = layer instanceof Input ? layer : layer.conf(common(arguments));
        arguments.end();
        return named;
    }

    private static Map<String, Function<Arguments, Layer>> makers() {
        Map<String, Function<Arguments, Layer>> makers = new TreeMap<>();
        makers.put("Input", Layers::input);
        makers.put("InputLayer", Layers::input);
        makers.put("Dense", Layers::dense);
        ImageLayers.addTo(makers);
        makers.put(
                "Flatten", a -> a.setUnlessNull(Flatten.of(), "data_format", Layers::dataFormat, Flatten::dataFormat));
        makers.put("Dropout", Layers::dropout);
        makers.put("Activation", a -> ActivationLayer.of(a.required("activation", Activations::read)));
        makers.put("BatchNormalization", Layers::batchNormalization);
        makers.put("ReLU", Layers::relu);
        makers.put("LeakyReLU", Layers::leakyRelu);
        makers.put(
                "ELU", a -> ELU.of(a.optional("alpha", Value::number, ELU.of().alpha())));
        makers.put("PReLU", Layers::prelu);
        makers.put(
                "Softmax",
                a -> Softmax.of(a.optional("axis", Value::integer, Softmax.of().axis())));
        makers.put("Rescaling", Layers::rescaling);
        makers.put("Reshape", a -> Reshape.of(a.required("target_shape", Layers::axes)));
        makers.put("Add", a -> Add.of());
        makers.put("Average", a -> Average.of());
        makers.put("Maximum", a -> Maximum.of());
        makers.put("Minimum", a -> Minimum.of());
        makers.put("Multiply", a -> Multiply.of());
        makers.put("Subtract", a -> Subtract.of());
        makers.put(
                "Concatenate",
                a -> Concatenate.of(
                        a.optional("axis", Value::integer, Concatenate.of().axis())));
        return makers;
    }

    /** Name, trainability, dtype policy and input shape: what all layers take. */
    private static LayerConf common(Arguments a) {
        a.only("autocast", true);
        LayerConf conf = LayerConf.DEFAULT.dtype(Dtype.take(a));
        conf = a.setUnlessNull(conf, "name", Value::text, LayerConf::name);
        conf = a.set(conf, "trainable", Value::flag, LayerConf::trainable);
        conf = a.setUnlessNull(conf, "input_shape", Value::dimensions, LayerConf::inputShape);
        if (a.has("input_shape") && a.has("batch_input_shape")) {
            throw new IllegalArgumentException(
                    a.callee() + ": only one of `input_shape` and `batch_input_shape` can be given");
        }
        return a.setUnlessNull(conf, "batch_input_shape", Layers::samples, LayerConf::inputShape);
    }

    private static Layer input(Arguments a) {
        Dtype.check(a);
        a.only("sparse", false, null);
        a.only("ragged", false, null);
        a.only("optional", false, null);
        a.only("batch_size", (Object) null);
        a.only("tensor", (Object) null);
        String shape =
                a.has("batch_shape") ? "batch_shape" : a.has("batch_input_shape") ? "batch_input_shape" : "shape";
        if (!shape.equals("shape") && a.has("shape")) {
            throw new IllegalArgumentException(
                    "You cannot pass both `shape` and `%s` at the same time.".formatted(shape));
        }
        Input input = Input.of(a.required(shape, shape.equals("shape") ? Value::dimensions : Layers::samples));
        return a.setUnlessNull(input, "name", Value::text, Input::name);
    }

    /** The sample's dimensions of a shape whose first, the batch's, is null. */
    private static int[] samples(String name, @Nullable Object value) {
        Shape shape = Shape.of(Value.dimensions(name, value));
        if (shape.rank() == 0 || shape.isKnown(0)) {
            throw new NotSupportedException("Invalid `%s`: its first dimension, the batch's, must be None. Received: %s"
                    .formatted(name, shape));
        }
        return shape.sample();
    }

    private static Layer dense(Arguments a) {
        Dense layer = Dense.of(a.required("units", Value::integer));
        layer = a.set(layer, "activation", Activations::read, Dense::activation);
        layer = a.set(layer, "use_bias", Value::flag, Dense::useBias);
        layer = a.set(layer, "kernel_initializer", Families::initializer, Dense::kernelInitializer);
        layer = a.set(layer, "bias_initializer", Families::initializer, Dense::biasInitializer);
        layer = a.setUnlessNull(layer, "kernel_regularizer", Families::regularizer, Dense::kernelRegularizer);
        layer = a.setUnlessNull(layer, "bias_regularizer", Families::regularizer, Dense::biasRegularizer);
        layer = a.setUnlessNull(layer, "activity_regularizer", Families::regularizer, Dense::activityRegularizer);
        layer = a.setUnlessNull(layer, "kernel_constraint", Families::constraint, Dense::kernelConstraint);
        layer = a.setUnlessNull(layer, "bias_constraint", Families::constraint, Dense::biasConstraint);
        a.only("lora_rank", (Object) null);
        a.only("lora_alpha", (Object) null);
        a.only("quantization_config", (Object) null);
        return layer;
    }

    private static Layer dropout(Arguments a) {
        Dropout layer = Dropout.of(a.required("rate", Value::number));
        layer = a.setUnlessNull(layer, "noise_shape", Value::optionalIntegers, Dropout::noiseShape);
        return a.setUnlessNull(layer, "seed", Value::wide, Dropout::seed);
    }

    private static Layer relu(Arguments a) {
        ReLU layer = ReLU.of();
        layer = a.setUnlessNull(layer, "max_value", Value::number, ReLU::maxValue);
        layer = a.set(layer, "negative_slope", Value::number, ReLU::negativeSlope);
        return a.set(layer, "threshold", Value::number, ReLU::threshold);
    }

    private static Layer leakyRelu(Arguments a) {
        String slope = a.has("alpha") ? "alpha" : "negative_slope";
        return LeakyReLU.of(a.optional(slope, Value::number, LeakyReLU.of().negativeSlope()));
    }

    private static Layer prelu(Arguments a) {
        PReLU layer = PReLU.of();
        layer = layer.alpha(weight(a, "alpha", layer.alpha()));
        return a.setUnlessNull(layer, "shared_axes", Layers::axes, PReLU::sharedAxes);
    }

    private static int[] axes(String name, @Nullable Object value) {
        return Value.axes(name, value).stream().mapToInt(Integer::intValue).toArray();
    }

    private static Layer rescaling(Arguments a) {
        double scale = a.required("scale", Value::number);
        return Rescaling.of(
                scale, a.optional("offset", Value::number, Rescaling.of(scale).offset()));
    }

    private static Layer batchNormalization(Arguments a) {
        BatchNormalization layer = BatchNormalization.of();
        layer = a.set(layer, "axis", Value::integer, BatchNormalization::axis);
        layer = a.set(layer, "momentum", Value::number, BatchNormalization::momentum);
        layer = a.set(layer, "epsilon", Value::number, BatchNormalization::epsilon);
        layer = a.set(layer, "center", Value::flag, BatchNormalization::center);
        layer = a.set(layer, "scale", Value::flag, BatchNormalization::scale);
        layer = a.set(layer, "synchronized", Value::flag, BatchNormalization::isSynchronized);
        layer = layer.gamma(weight(a, "gamma", layer.gamma())).beta(weight(a, "beta", layer.beta()));
        moving(a, "moving_mean_initializer", "zeros");
        moving(a, "moving_variance_initializer", "ones");
        a.only("renorm", false);
        a.only("renorm_clipping", (Object) null);
        a.only("renorm_momentum", 0.99);
        return layer;
    }

    /** A variable's initializer, regularizer and constraint. */
    static Weight weight(Arguments a, String name, Weight base) {
        return new Weight(
                a.optional(name + "_initializer", Families::initializer, base.initializer()),
                a.nullable(name + "_regularizer", Families::regularizer, base.regularizer()),
                a.nullable(name + "_constraint", Families::constraint, base.constraint()));
    }

    private static void moving(Arguments a, String name, String start) {
        var expected = Families.initializer(name, start);
        if (!a.optional(name, Families::initializer, expected).equals(expected)) {
            throw new NotSupportedException(
                    "%s: argument `%s` is not supported but as \"%s\"".formatted(a.callee(), name, start));
        }
    }

    static String padding(String name, @Nullable Object value) {
        if (value instanceof String padding) {
            return padding;
        }
        return Padding.of(Plain.str(value)).kerasName();
    }

    static String dataFormat(String name, @Nullable Object value) {
        return Plain.str(value);
    }
}
