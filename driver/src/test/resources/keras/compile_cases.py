"""Writes compile-cases.json beside it: what real Keras 3 computes for optimizers, schedules and losses. Made with Keras 3.15.1.

Run in this folder: KERAS_BACKEND=jax python compile_cases.py
"""

import json

import jax
import keras
import numpy as np

random = np.random.default_rng(3)
cases = []


def tensor(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "data": [float("%.9g" % v) for v in values.reshape(-1)]}


def optimizer(name, kind, steps=7, **config):
    optimizer = kind(**config)
    w0 = [random.normal(size=shape).astype("float32") for shape in [(4,), (2, 3)]]
    a = [random.uniform(0.1, 3, size=w.shape).astype("float32") for w in w0]
    c = [random.normal(size=w.shape).astype("float32") for w in w0]
    variables = [keras.Variable(w) for w in w0]
    optimizer.build(variables)
    after = []
    for _ in range(steps):
        slopes = [a[k] * (np.asarray(variables[k]) - c[k]) for k in range(2)]
        optimizer.apply([keras.ops.convert_to_tensor(slope) for slope in slopes], variables)
        after.append([tensor(v) for v in variables])
    given = {"w0": w0, "quadratic_a": a, "quadratic_c": c}
    cases.append({
        "id": name,
        "op": "optimizer",
        "config": {**config, "optimizer": kind.__name__.lower(), "steps": steps},
        "inputs": {key: [tensor(value) for value in values] for key, values in given.items()},
        "expected": {"w_after_step": after},
    })


def schedule(name, kind, **config):
    steps = [0, 1, 2, 3, 5, 8, 9, 10, 11, 15, 16, 17, 24, 25, 30, 40, 56, 57, 100]
    rate = kind(**config)
    cases.append({
        "id": name,
        "op": "lr_schedule",
        "config": {**config, "class_name": kind.__name__},
        "inputs": {"steps": steps},
        "expected": {"lr": [float("%.9g" % float(rate(step))) for step in steps]},
    })


def loss(kind, y, p, weights=None, **config):
    name = keras.src.utils.naming.to_snake_case(kind.__name__)
    each = kind(reduction=None, **config)(y, p)
    for reduction in ("sum_over_batch_size", "sum", "mean_with_sample_weight"):
        whole = kind(reduction=reduction, **config)
        inputs = {"y_true": tensor(y), "y_pred": tensor(p)}
        expected = {
            "per_sample": tensor(each),
            "loss": float(whole(y, p, sample_weight=weights)),
            "dy_pred": tensor(jax.grad(lambda q: whole(y, q, sample_weight=weights))(p)),
        }
        if weights is not None:
            inputs["sample_weight"] = expected["effective_weights"] = tensor(weights)
        cases.append({
            "id": "%s_%d_%s" % (name, len(cases), reduction),
            "op": "loss",
            "config": {**config, "loss": name, "reduction": reduction},
            "inputs": inputs,
            "expected": expected,
        })


O = keras.optimizers
optimizer("adagrad", O.Adagrad, learning_rate=0.2, initial_accumulator_value=0.3, weight_decay=0.01, clipvalue=0.8)
optimizer("adadelta", O.Adadelta, learning_rate=0.9, rho=0.8, epsilon=1e-5, global_clipnorm=1.0)
optimizer("adamax", O.Adamax, learning_rate=0.1, beta_1=0.8, weight_decay=0.05)
optimizer("nadam", O.Nadam, learning_rate=0.1, beta_1=0.95, clipnorm=0.5)
optimizer("lion", O.Lion, learning_rate=0.05, weight_decay=0.1)
for kind in (O.Adagrad, O.Adadelta, O.Adamax, O.Nadam, O.Lion):
    optimizer(kind.__name__.lower() + "_defaults", kind)
optimizer("amsgrad", O.Adam, learning_rate=0.1, amsgrad=True)
optimizer("rmsprop_all", O.RMSprop, learning_rate=0.05, momentum=0.5, centered=True)

S = O.schedules
rate = {"initial_learning_rate": 0.1}
schedule("exponential", S.ExponentialDecay, **rate, decay_steps=7, decay_rate=0.8)
schedule("exponential_stairs", S.ExponentialDecay, **rate, decay_steps=7, decay_rate=0.8, staircase=True)
schedule("piecewise", S.PiecewiseConstantDecay, boundaries=[3, 10, 25], values=[1.0, 0.5, 0.2, 0.1])
schedule("polynomial", S.PolynomialDecay, **rate, decay_steps=10, end_learning_rate=0.01, power=0.5)
schedule("polynomial_cycle", S.PolynomialDecay, **rate, decay_steps=10, end_learning_rate=0.01, power=2.0, cycle=True)
schedule("inverse_stairs", S.InverseTimeDecay, **rate, decay_steps=10, decay_rate=0.5, staircase=True)
schedule("cosine", S.CosineDecay, **rate, decay_steps=20, alpha=0.1)
schedule("cosine_warmup", S.CosineDecay, **rate, decay_steps=20, alpha=0.1, warmup_target=0.2, warmup_steps=10)
schedule("restarts", S.CosineDecayRestarts, **rate, first_decay_steps=8, t_mul=2.0, m_mul=0.5, alpha=0.05)
schedule("equal_restarts", S.CosineDecayRestarts, **rate, first_decay_steps=8, t_mul=1.0, m_mul=0.9)

L = keras.losses
classes = np.eye(4, dtype="float32")[[0, 2, 1, 3, 2]]
numbers = np.array([0, 2, 1, 3, 2], "float32")
bits = (random.uniform(size=(5, 4)) > 0.5).astype("float32")
logits = random.normal(size=(5, 4)).astype("float32")
shares = random.uniform(0.05, 0.95, size=(5, 4)).astype("float32")
weights = np.array([0.5, 1, 2, 0, 1.5], "float32")
loss(L.BinaryFocalCrossentropy, bits, shares)
focus = {"apply_class_balancing": True, "alpha": 0.3, "gamma": 1.5, "from_logits": True, "label_smoothing": 0.1}
loss(L.BinaryFocalCrossentropy, bits, logits, weights, **focus)
loss(L.CategoricalFocalCrossentropy, classes, shares, weights, label_smoothing=0.1)
loss(L.CategoricalFocalCrossentropy, classes, logits, alpha=[0.1, 0.2, 0.3, 0.4], gamma=3.0, from_logits=True)
loss(L.CategoricalCrossentropy, classes, logits, weights, from_logits=True)
loss(L.SparseCategoricalCrossentropy, numbers, logits, weights, from_logits=True)
loss(L.BinaryCrossentropy, bits, shares, weights, label_smoothing=0.2)
for kind in (L.MeanSquaredError, L.LogCosh, L.SquaredHinge, L.CategoricalHinge, L.MeanSquaredLogarithmicError):
    loss(kind, classes, shares, weights)

with open("compile-cases.json", "w") as file:
    rows = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    file.write('{"schema_version":1,"cases":[\n' + rows + "\n]}\n")
