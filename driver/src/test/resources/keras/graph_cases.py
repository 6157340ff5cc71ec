"""Writes graph-cases.json beside it: what real Keras 3 computes for layers that a graph needs. Made with Keras 3.15.1.

Run in this folder: KERAS_BACKEND=jax python graph_cases.py
"""

import json

import jax
import keras
import numpy as np
from keras import layers as L

random = np.random.default_rng(5)
cases = []


def tensor(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "data": [float("%.9g" % v) for v in values.reshape(-1)]}


def draw(shape):
    return random.normal(size=shape).astype("float32")


def merge(name, layer, config, *shapes):
    xs = [draw(shape) for shape in shapes]
    y = np.asarray(layer(xs))
    upstream = draw(y.shape)
    slopes = jax.grad(lambda values: (layer(values) * upstream).sum())(xs)
    inputs = {"x%d" % i: tensor(x) for i, x in enumerate(xs)}
    expected = {"y": tensor(y), "loss": float((y * upstream).sum())}
    expected.update({"dx%d" % i: tensor(slope) for i, slope in enumerate(slopes)})
    case(name, keras.src.utils.naming.to_snake_case(type(layer).__name__), config, inputs, upstream, expected)


def one(name, op, layer, config, shape):
    x = draw(shape)
    layer.build(x.shape)
    variables = {v.name: draw(v.shape) for v in layer.trainable_variables}

    def output(values, x):
        return layer.stateless_call([values[v.name] for v in layer.trainable_variables], [], x)[0]

    y = np.asarray(output(variables, x))
    upstream = draw(y.shape)
    slopes, slope = jax.grad(lambda v, x: (output(v, x) * upstream).sum(), (0, 1))(variables, x)
    expected = {"y": tensor(y), "dx": tensor(slope)}
    expected.update({"d" + v: tensor(values) for v, values in slopes.items()})
    inputs = {"x": tensor(x)}
    inputs.update({v: tensor(values) for v, values in variables.items()})
    case(name, op, config, inputs, upstream, expected)


def case(name, op, config, inputs, upstream, expected):
    inputs["R"] = tensor(upstream)
    cases.append({"id": name, "op": op, "config": config, "inputs": inputs, "expected": expected})


for kind in (L.Add, L.Average, L.Maximum, L.Minimum, L.Multiply):
    merge(kind.__name__ + "_three", kind(), {}, (2, 3), (2, 3), (2, 3))
merge("subtract", L.Subtract(), {}, (3, 2, 2), (3, 2, 2))
merge("concatenate_rows", L.Concatenate(axis=1), {"axis": 1}, (2, 2, 3), (2, 1, 3), (2, 4, 3))
merge("concatenate_columns", L.Concatenate(axis=2), {"axis": 2}, (2, 2, 3, 2), (2, 2, 1, 2))
merge("concatenate_channels", L.Concatenate(), {}, (2, 2, 2, 3), (2, 2, 2, 1))
for form in ("channels_last", "channels_first"):
    args = {"data_format": form}
    shape = (2, 4, 5, 3) if form == "channels_last" else (2, 3, 4, 5)
    one("padding_" + form, "zero_padding2d", L.ZeroPadding2D((2, 1), **args), {"padding": [2, 1], **args}, shape)
    margins = ((1, 0), (0, 2))
    one("cropping_" + form, "cropping2d", L.Cropping2D(margins, **args), {"cropping": margins, **args}, shape)
    one("up_" + form, "up_sampling2d", L.UpSampling2D((2, 3), **args), {"size": [2, 3], **args}, shape)
    one("max_" + form, "global_max_pooling2d", L.GlobalMaxPooling2D(**args), args, shape)
one("relu", "relu_layer", L.ReLU(1.0, 0.25, 0.5), {"max_value": 1.0, "negative_slope": 0.25, "threshold": 0.5}, (4, 5))
one("leaky", "leaky_relu_layer", L.LeakyReLU(), {}, (4, 5))
one("rescaled", "rescaling", L.Rescaling(2.5, 0.5), {"scale": 2.5, "offset": 0.5}, (4, 5))
for name, config, shape in [
    ("strided", {"kernel_size": [3, 2], "strides": [2, 2], "padding": "same", "depth_multiplier": 2}, (2, 5, 6, 3)),
    ("dilated", {"kernel_size": 2, "dilation_rate": [2, 2], "use_bias": False}, (2, 5, 6, 3)),
    ("first", {"kernel_size": 3, "data_format": "channels_last", "activation": "tanh"}, (1, 4, 4, 8)),
]:
    one("depthwise_" + name, "depthwise_conv2d", L.DepthwiseConv2D(**config), config, shape)

for form in ("channels_last", "channels_first"):
    args = {"data_format": form}
    shape = (2, 4, 5, 3) if form == "channels_last" else (2, 3, 4, 5)

    def both(name, op, kind, **config):
        one(name + "_" + form, op, kind(**config, **args), {**config, **args}, shape)

    both("up_bilinear", "up_sampling2d", L.UpSampling2D, size=[2, 3], interpolation="bilinear")
    separable = ("separable_conv2d", L.SeparableConv2D)
    both("separable_strided", *separable, filters=2, kernel_size=[3, 2], strides=[2, 2], padding="same", depth_multiplier=2)
    both("separable_dilated", *separable, filters=4, kernel_size=2, dilation_rate=[2, 2], use_bias=False, activation="tanh")
    transposed = ("conv2d_transpose", L.Conv2DTranspose)
    both("transposed", *transposed, filters=2, kernel_size=[3, 2])
    both("transposed_same", *transposed, filters=2, kernel_size=3, strides=[2, 3], padding="same")
    both("transposed_small_kernel", *transposed, filters=2, kernel_size=2, strides=3, padding="same", use_bias=False)
    both("transposed_holes", *transposed, filters=2, kernel_size=1, strides=[3, 2])
    both("transposed_dilated", *transposed, filters=2, kernel_size=[2, 3], dilation_rate=2, activation="tanh")
    both("transposed_dilated_same", *transposed, filters=2, kernel_size=3, dilation_rate=2, padding="same")
    both("transposed_padded", *transposed, filters=2, kernel_size=3, strides=3, output_padding=[2, 0])
    both("transposed_padded_same", *transposed, filters=2, kernel_size=[3, 4], strides=3, padding="same", output_padding=[1, 2])
    both("transposed_unpadded_same", *transposed, filters=2, kernel_size=[4, 3], strides=2, padding="same", output_padding=0)
one("prelu", "prelu_layer", L.PReLU(), {}, (2, 3, 4, 2))
one("prelu_channels", "prelu_layer", L.PReLU(shared_axes=[1, 2]), {"shared_axes": [1, 2]}, (2, 3, 4, 2))
one("prelu_rows", "prelu_layer", L.PReLU(shared_axes=[2]), {"shared_axes": [2]}, (2, 3, 4))
one("elu", "elu_layer", L.ELU(0.5), {"alpha": 0.5}, (4, 5))

with open("graph-cases.json", "w") as file:
    rows = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    file.write('{"schema_version":1,"cases":[\n' + rows + "\n]}\n")
