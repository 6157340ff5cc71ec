"""Writes Keras 3's own defaults, names and shapes. Made with Keras 3.12.0.

Run in this folder: KERAS_BACKEND=jax python make_defaults.py
"""

import inspect
import json
import random

import keras
from keras import constraints, initializers, layers, losses, metrics, optimizers, regularizers
from keras.src import activations as activation_module
from keras.src import constraints as constraint_module
from keras.src import initializers as initializer_module
from keras.src import regularizers as regularizer_module

objects = [
    layers.Conv2D(1, 1),
    layers.Dense(1),
    layers.MaxPooling2D(),
    layers.AveragePooling2D(2),
    layers.GlobalAveragePooling2D(),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Activation("relu"),
    layers.BatchNormalization(),
    initializers.Zeros(),
    initializers.Ones(),
    initializers.Constant(0.5),
    initializers.RandomNormal(),
    initializers.RandomUniform(),
    initializers.TruncatedNormal(),
    initializers.VarianceScaling(),
    initializers.GlorotUniform(),
    initializers.GlorotNormal(),
    initializers.HeUniform(),
    initializers.HeNormal(),
    initializers.LecunUniform(),
    initializers.LecunNormal(),
    initializers.Orthogonal(),
    regularizers.L1(),
    regularizers.L2(),
    regularizers.L1L2(),
    regularizers.OrthogonalRegularizer(),
    constraints.MaxNorm(),
    constraints.UnitNorm(),
    constraints.MinMaxNorm(),
    constraints.NonNeg(),
    losses.CategoricalCrossentropy(),
    losses.SparseCategoricalCrossentropy(),
    losses.BinaryCrossentropy(),
    losses.MeanSquaredError(),
    metrics.BinaryAccuracy(),
    metrics.CategoricalAccuracy(),
    metrics.SparseCategoricalAccuracy(),
    optimizers.SGD(),
    optimizers.Adam(),
    optimizers.RMSprop(),
]


def arguments(function):
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return {p.name: None if p.default is inspect.Parameter.empty else p.default for p in parameters}


def names(module):
    return sorted(module.ALL_OBJECTS_DICT)


with open("defaults.json", "w") as file:
    json.dump(
        {
            "objects": {type(o).__name__: keras.saving.serialize_keras_object(o) for o in objects},
            "activations": {
                name: arguments(function) for name, function in sorted(activation_module.ALL_OBJECTS_DICT.items())
            },
            "initializers": names(initializer_module),
            "regularizers": names(regularizer_module),
            "constraints": names(constraint_module),
        },
        file,
        indent=1,
    )

random.seed(1)
with open("conv_shapes.csv", "w") as file:
    file.write("height,width,kernel_height,kernel_width,stride_height,stride_width,dilation,padding,out\n")
    for _ in range(300):
        h, w = random.randint(1, 40), random.randint(1, 40)
        kernel = (random.randint(1, 7), random.randint(1, 7))
        strides = random.choice([(1, 1), (random.randint(1, 4), random.randint(1, 4))])
        dilation = random.randint(1, 3) if strides == (1, 1) else 1
        padding = random.choice(["valid", "same"])
        try:
            layer = layers.Conv2D(5, kernel, strides=strides, dilation_rate=dilation, padding=padding)
            shape = layer.compute_output_shape((None, h, w, 3))
            out = f"{shape[1]}x{shape[2]}" if min(shape[1:3]) > 0 else "error"
        except ValueError:
            out = "error"
        file.write(f"{h},{w},{kernel[0]},{kernel[1]},{strides[0]},{strides[1]},{dilation},{padding},{out}\n")
