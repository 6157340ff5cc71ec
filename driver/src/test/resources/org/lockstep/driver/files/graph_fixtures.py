"""Writes what Keras 3 makes of a graph in three steps of training: KERAS_BACKEND=jax python graph_fixtures.py

graph.keras is the compiled model, trained.keras the same after the steps. Made with Keras 3.15.1. Samples and weights follow
rules that the tests compute too: number i of sample b is ((31 * b + 7 * i) % 97 - 48) / 48, its class b % 3; number i of
variable v is ((31 * v + 7 * i) % 97 - 48) / 96, but moving variances are 1.
"""
import os
import numpy as np
import keras

L = keras.layers
here = os.path.dirname(os.path.abspath(__file__))


def numbers(v, size, scale):
    return (((31 * v + 7 * np.arange(size)) % 97 - 48) / scale).astype("float32")


def conv(filters, size, strides=1):
    return L.Conv2D(filters, size, strides=strides, padding="same", kernel_regularizer=keras.regularizers.L2(0.01))


image = keras.Input((8, 8, 2))
x = L.Activation("relu")(L.BatchNormalization()(conv(4, 3)(image)))
y = L.ReLU()(L.BatchNormalization()(conv(6, 3, 2)(x)))
y = L.BatchNormalization()(conv(6, 3)(y))
x = L.Activation("relu")(L.Add()([conv(6, 1, 2)(x), y]))
z = L.DepthwiseConv2D(3, depth_multiplier=2)(L.ZeroPadding2D(1)(x))
x = L.Concatenate()([x, z])
shared = L.Dense(18, activation="tanh")
x = L.Subtract()([shared(x), shared(shared(x))])
x = L.Dense(3, activation="softmax")(L.GlobalAveragePooling2D()(x))
model = keras.Model(image, x, name="graph")
for v, variable in enumerate(model.weights):
    values = numbers(v, int(np.prod(variable.shape)), 96).reshape(variable.shape)
    variable.assign(np.ones(variable.shape) if variable.name == "moving_variance" else values)
model.compile(keras.optimizers.SGD(0.5, momentum=0.5), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.optimizer.build(model.trainable_variables)
model.save(os.path.join(here, "graph.keras"))
for step in range(3):
    samples = range(6 * step, 6 * step + 6)
    data = np.stack([numbers(b, 128, 48).reshape(8, 8, 2) for b in samples])
    loss = model.train_on_batch(data, np.array([b % 3 for b in samples]))
    print(loss)
model.save(os.path.join(here, "trained.keras"))
