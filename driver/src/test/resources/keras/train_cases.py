"""Writes train-cases.json: trainings and their numbers by Keras itself.

Run with Keras 3 (made with 3.15.1 on JAX, float32): KERAS_BACKEND=jax python train_cases.py
"""

import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402
import numpy as np  # noqa: E402


def tensor(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": [float(v) for v in array.ravel()]}


class StepLosses(keras.callbacks.Callback):
    """The loss of each step, from the running means."""

    def __init__(self, batch_size, samples):
        super().__init__()
        self.batch_size, self.samples, self.losses = batch_size, samples, []

    def on_epoch_begin(self, epoch, logs=None):
        self.seen, self.total = 0, 0.0

    def on_train_batch_end(self, batch, logs=None):
        size = min(self.batch_size, self.samples - self.seen)
        self.seen += size
        total = logs["loss"] * self.seen
        self.losses.append((total - self.total) / size)
        self.total = total


def by_layer(model):
    return {l.name: [tensor(w) for w in l.get_weights()] for l in model.layers if l.get_weights()}


def layer(entry):
    return getattr(keras.layers, entry["class_name"])(**entry["config"])


CONV = {"class_name": "Conv2D", "config": {
    "name": "c1", "filters": 3, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}}
PLAIN = {"class_name": "Conv2D", "config": {
    "name": "c1", "filters": 3, "kernel_size": [3, 3], "padding": "same", "use_bias": False}}
NORM = {"class_name": "BatchNormalization", "config": {"name": "b1", "momentum": 0.9}}
RELU = {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}}
POOL = {"class_name": "MaxPooling2D", "config": {"name": "p1", "pool_size": [2, 2]}}
AVERAGE = {"class_name": "AveragePooling2D", "config": {"name": "p1", "pool_size": [2, 2]}}
GLOBAL = {"class_name": "GlobalAveragePooling2D", "config": {"name": "g"}}
FLATTEN = {"class_name": "Flatten", "config": {"name": "f"}}
SOFTMAX = {"class_name": "Dense", "config": {"name": "d1", "units": 3, "activation": "softmax"}}
SIGMOID = {"class_name": "Dense", "config": {"name": "d1", "units": 1, "activation": "sigmoid"}}
LINEAR = {"class_name": "Dense", "config": {"name": "d1", "units": 2}}


def with_config(entry, **changes):
    return {"class_name": entry["class_name"], "config": {**entry["config"], **changes}}


def penalised(entry):
    return with_config(entry, kernel_regularizer={
        "class_name": "L2", "config": {"l2": 0.02}}, bias_regularizer={"class_name": "L1", "config": {"l1": 0.01}})


def case(name, layers, optimizer, loss, labels, *, metrics=("accuracy",), epochs=2, batch=4, rates=None,
         constraint=None, weighted=False, validation=True, class_weight=None, samples=10):
    rng = np.random.default_rng(sum(map(ord, name)))
    keras.utils.set_random_seed(3)
    x = rng.normal(size=(samples, 4, 4, 2)).astype("float32")
    x_val = rng.normal(size=(5, 4, 4, 2)).astype("float32")
    kinds = {
        "onehot": lambda n: np.eye(3)[rng.integers(0, 3, n)],
        "sparse": lambda n: rng.integers(0, 3, n),
        "binary": lambda n: rng.integers(0, 2, (n, 1)),
        "real": lambda n: rng.normal(size=(n, 2)),
    }
    y, y_val = (kinds[labels](n).astype("float32") for n in (samples, 5))
    built = [dict(l, config=dict(l["config"])) for l in layers]
    if constraint is not None:
        arguments = {k: v for k, v in constraint.items() if k != "name"}
        made = getattr(keras.constraints, "".join(p.title() for p in constraint["name"].split("_")))(**arguments)
        for l in built:
            if l["class_name"] in ("Conv2D", "Dense"):
                l["config"]["kernel_constraint"] = made
    model = keras.Sequential([keras.layers.Input((4, 4, 2))] + [layer(l) for l in built])
    for l in model.layers:
        l.set_weights([
            w if isinstance(l, keras.layers.BatchNormalization) else rng.normal(scale=0.4, size=w.shape)
            for w in l.get_weights()])
    arguments = {k: v for k, v in optimizer.items() if k != "name"}
    made = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam, "rmsprop": keras.optimizers.RMSprop}
    model.compile(made[optimizer["name"]](**arguments), loss=loss, metrics=list(metrics))
    config = {"layers": layers, "input_shape": [4, 4, 2], "optimizer": optimizer, "loss": loss,
              "metrics": list(metrics), "batch_size": batch, "epochs": epochs, "shuffle": False}
    inputs = {"x": tensor(x), "y": tensor(y), "initial_weights": by_layer(model)}
    options = {}
    if rates:
        config["learning_rate_by_epoch"] = rates
    if constraint:
        config["constraint"] = constraint
    if class_weight:
        config["class_weight"] = {str(k): v for k, v in class_weight.items()}
        options["class_weight"] = class_weight
    if weighted:
        weights = rng.uniform(0, 2, samples).astype("float32")
        inputs["sample_weight"] = tensor(weights)
        options["sample_weight"] = weights
    if validation:
        inputs["x_val"], inputs["y_val"] = tensor(x_val), tensor(y_val)
        options["validation_data"] = (x_val, y_val)
    steps = StepLosses(batch, samples)
    callbacks = [steps]
    if rates:
        callbacks.append(keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch]))
    history = model.fit(x, y, batch_size=batch, epochs=epochs, shuffle=False, verbose=0, callbacks=callbacks, **options)
    logs = [{k: float(v[e]) for k, v in history.history.items()} for e in range(epochs)]
    expected = {"step_losses": tensor(steps.losses), "epoch_logs": logs, "final_weights": by_layer(model),
                "predictions_after": tensor(model.predict(x, verbose=0))}
    return {"id": "train_" + name, "op": "train", "config": config, "inputs": inputs, "expected": expected,
            "tolerance": {"rtol": 1e-3, "atol": 1e-4}}


ADAM = {"learning_rate": 0.01, "name": "adam"}
CASES = [
    case("adam_sparse", [CONV, POOL, FLATTEN, SOFTMAX], ADAM, "sparse_categorical_crossentropy", "sparse"),
    case("adam_amsgrad_clipnorm", [CONV, AVERAGE, FLATTEN, SOFTMAX],
         {"learning_rate": 0.02, "amsgrad": True, "clipnorm": 0.2, "name": "adam"}, "categorical_crossentropy", "onehot"),
    case("rmsprop_binary", [CONV, FLATTEN, SIGMOID],
         {"learning_rate": 0.005, "momentum": 0.5, "centered": True, "name": "rmsprop"}, "binary_crossentropy", "binary"),
    case("batch_normalization", [PLAIN, NORM, RELU, GLOBAL, SOFTMAX],
         {"learning_rate": 0.05, "momentum": 0.9, "name": "sgd"}, "categorical_crossentropy", "onehot", epochs=3),
    case("mse_regularized", [penalised(CONV), FLATTEN, penalised(LINEAR)],
         {"learning_rate": 0.02, "weight_decay": 0.01, "name": "sgd"}, "mse", "real", metrics=()),
    case("max_norm", [CONV, FLATTEN, SOFTMAX], {"learning_rate": 0.1, "name": "sgd"}, "categorical_crossentropy",
         "onehot", constraint={"name": "max_norm", "max_value": 0.8, "axis": 0}),
    case("rates", [CONV, POOL, FLATTEN, SOFTMAX], {"learning_rate": 0.5, "momentum": 0.9, "name": "sgd"},
         "categorical_crossentropy", "onehot", epochs=3, rates=[0.1, 0.05, 0.01], validation=False),
    case("class_weight_adam", [CONV, FLATTEN, SOFTMAX], ADAM, "sparse_categorical_crossentropy", "sparse",
         class_weight={0: 0.5, 2: 2.0}),
    case("sample_weight_val", [CONV, FLATTEN, SOFTMAX], ADAM, "categorical_crossentropy", "onehot", weighted=True),
]

file = pathlib.Path(__file__).with_name("train-cases.json")
file.write_text(json.dumps({"schema_version": 1, "cases": CASES}, indent=None, separators=(",", ":")) + "\n")
print(len(CASES), "cases,", file.stat().st_size, "bytes")
