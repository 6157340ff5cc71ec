"""Writes the fixtures beside it with Keras 3 itself: KERAS_BACKEND=jax python keras_fixtures.py

Every number follows a rule that the tests compute too: variable v, number i of it, has the value
((31 * v + i) % 97 - 48) / 64. The variables are counted in the order of model.weights; the optimizer's follow on,
their values are made positive. Iteration is 7, the learning rate 0.125.
"""
import os
import numpy as np
import keras

L = keras.layers
here = os.path.dirname(os.path.abspath(__file__))


def values(v, shape):
    i = np.arange(np.prod(shape, dtype=int))
    return (((31 * v + i) % 97 - 48) / 64).astype("float32").reshape(shape)


def layers():
    return [
        keras.Input((6, 6, 2)),
        L.Conv2D(3, 3, padding="same", activation="relu"),
        L.BatchNormalization(),
        L.MaxPooling2D(),
        L.Conv2D(4, 2, name="odd"),
        L.Activation("relu"),
        L.Dropout(0.25),
        L.Flatten(),
        L.Dense(5, trainable=False),
        L.Dense(3, activation="softmax"),
    ]


def fill(model):
    for v, variable in enumerate(model.weights):
        variable.assign(values(v, variable.shape))
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None and optimizer.built:
        optimizer.variables[0].assign(7)
        optimizer.variables[1].assign(0.125)
        for v, variable in enumerate(optimizer.variables[2:]):
            variable.assign(np.abs(values(len(model.weights) + v, variable.shape)))


def save(name, optimizer, built=True):
    keras.utils.clear_session()
    model = keras.Sequential(layers(), name=name)
    if optimizer is not None:
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
        if built:
            model.optimizer.build(model.trainable_variables)
    fill(model)
    model.save(os.path.join(here, name + ".keras"))
    return model


O = keras.optimizers
save("adam", O.Adam()).save_weights(os.path.join(here, "adam.weights.h5"))
save("amsgrad", O.Adam(amsgrad=True))
save("rmsprop", O.RMSprop(momentum=0.5, centered=True))
save("sgd", O.SGD(0.5))
save("unbuilt", O.SGD(0.5, momentum=0.9), built=False)
save("uncompiled", None)
