"""Writes optimizer-extra.json: Keras 3's update rules, penalties and constraints in float64, from their published formulas.

Gradients of penalties are central differences of the penalty, so they share no formula with the product.
Run: python3 optimizer_extra.py > optimizer-extra.json
"""

import json

import numpy as np

EPSILON = 1e-7
W0 = [np.array([1.0, -2.0, 0.5, 3.0]), np.array([[0.2, -0.4], [1.5, 0.1]])]
A = [np.array([1.0, 0.5, 2.0, 0.1]), np.array([[3.0, 1.0], [0.2, 0.7]])]
C = [np.array([0.0, 1.0, -0.5, 0.3]), np.array([[1.0, 0.0], [-1.0, 2.0]])]


def tensor(array):
    return {"shape": list(array.shape), "data": [float("%.9g" % v) for v in array.ravel()]}


def clip(gradients, config):
    if "clipvalue" in config:
        return [np.clip(g, -config["clipvalue"], config["clipvalue"]) for g in gradients]
    if "clipnorm" in config:
        c = config["clipnorm"]
        return [g * c / max(np.linalg.norm(g), c) for g in gradients]
    if "global_clipnorm" in config:
        c = config["global_clipnorm"]
        norm = np.sqrt(sum(np.sum(g * g) for g in gradients))
        return [g * c / max(norm, c) for g in gradients]
    return gradients


def sgd(w, g, s, t, c):
    mu, lr = c.get("momentum", 0.0), c["learning_rate"]
    if mu == 0:
        return w - lr * g
    s["v"] = mu * s.get("v", 0 * w) - lr * g
    return w + (mu * s["v"] - lr * g if c.get("nesterov") else s["v"])


def adam(w, g, s, t, c):
    b1, b2 = c.get("beta_1", 0.9), c.get("beta_2", 0.999)
    s["m"] = b1 * s.get("m", 0 * w) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0 * w) + (1 - b2) * g * g
    v = s["v"]
    if c.get("amsgrad"):
        v = s["h"] = np.maximum(s.get("h", 0 * w), v)
    alpha = c["learning_rate"] * np.sqrt(1 - b2**t) / (1 - b1**t)
    return w - alpha * s["m"] / (np.sqrt(v) + c.get("epsilon", EPSILON))


def rmsprop(w, g, s, t, c):
    rho, mu = c.get("rho", 0.9), c.get("momentum", 0.0)
    s["v"] = rho * s.get("v", 0 * w) + (1 - rho) * g * g
    d = s["v"]
    if c.get("centered"):
        s["a"] = rho * s.get("a", 0 * w) + (1 - rho) * g
        d = d - s["a"] ** 2
    step = c["learning_rate"] * g / np.sqrt(d + c.get("epsilon", EPSILON))
    if mu > 0:
        step = s["b"] = mu * s.get("b", 0 * w) + step
    return w - step


def adagrad(w, g, s, t, c):
    s["a"] = s.get("a", 0 * w + c.get("initial_accumulator_value", 0.1)) + g * g
    return w - c["learning_rate"] * g / np.sqrt(s["a"] + c.get("epsilon", EPSILON))


def adadelta(w, g, s, t, c):
    rho, eps = c.get("rho", 0.95), c.get("epsilon", EPSILON)
    s["a"] = rho * s.get("a", 0 * w) + (1 - rho) * g * g
    d = -np.sqrt((s.get("d", 0 * w) + eps) / (s["a"] + eps)) * g
    s["d"] = rho * s.get("d", 0 * w) + (1 - rho) * d * d
    return w + c["learning_rate"] * d


def adamax(w, g, s, t, c):
    b1, b2 = c.get("beta_1", 0.9), c.get("beta_2", 0.999)
    s["m"] = b1 * s.get("m", 0 * w) + (1 - b1) * g
    s["u"] = np.maximum(b2 * s.get("u", 0 * w), np.abs(g))
    return w - c["learning_rate"] / (1 - b1**t) * s["m"] / (s["u"] + c.get("epsilon", EPSILON))


def nadam(w, g, s, t, c):
    b1, b2 = c.get("beta_1", 0.9), c.get("beta_2", 0.999)
    mu = [b1 * (1 - 0.5 * 0.96**i) for i in range(1, t + 2)]
    s["m"] = b1 * s.get("m", 0 * w) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0 * w) + (1 - b2) * g * g
    m = mu[t] * s["m"] / (1 - np.prod(mu)) + (1 - mu[t - 1]) * g / (1 - np.prod(mu[:t]))
    return w - c["learning_rate"] * m / (np.sqrt(s["v"] / (1 - b2**t)) + c.get("epsilon", EPSILON))


def lion(w, g, s, t, c):
    b1, b2, m = c.get("beta_1", 0.9), c.get("beta_2", 0.99), s.get("m", 0 * w)
    s["m"] = b2 * m + (1 - b2) * g
    return w - c["learning_rate"] * np.sign(b1 * m + (1 - b1) * g)


RULES = {
    "sgd": sgd,
    "adam": adam,
    "rmsprop": rmsprop,
    "adagrad": adagrad,
    "adadelta": adadelta,
    "adamax": adamax,
    "nadam": nadam,
    "lion": lion,
}


def optimizer(name, config):
    w, slots, steps = [v.copy() for v in W0], [{}, {}], []
    for t in range(1, 6):
        g = clip([a * (v - c) for a, v, c in zip(A, w, C)], config)
        decay = config.get("weight_decay") or 0.0
        w = [v - v * decay * config["learning_rate"] for v in w]
        w = [RULES[config["optimizer"]](v, d, s, t, config) for v, d, s in zip(w, g, slots)]
        steps.append([tensor(v) for v in w])
    inputs = {"w0": W0, "quadratic_a": A, "quadratic_c": C}
    return {
        "id": "extra_" + name,
        "op": "optimizer",
        "config": dict(config, steps=5),
        "inputs": {k: [tensor(v) for v in vs] for k, vs in inputs.items()},
        "expected": {"w_after_step": steps},
    }


def elementwise(w, c):
    return c["l1"] * np.abs(w).sum() + c["l2"] * (w * w).sum()


def orthogonal(w, c):
    rows = w if c["mode"] == "rows" else w.T
    q = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), EPSILON)
    n = len(q)
    off = q @ q.T * (1 - np.eye(n))
    return c["factor"] * 0.5 * np.abs(off).sum() / (n * (n - 1) / 2)


def penalty(name, op, config, w):
    f = elementwise if op == "regularizer" else orthogonal
    gradient, h = np.zeros_like(w), 1e-6
    for i in np.ndindex(*w.shape):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up, config) - f(down, config)) / (2 * h)
    expected = {"penalty": float(f(w, config)), "gradient": tensor(gradient)}
    return {"id": "extra_" + name, "op": op, "config": config, "inputs": {"w": tensor(w)}, "expected": expected}


def radial(w):
    k, out = w.shape[0], w.copy()
    start = k // 2
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            plane = w[:, :, i, j]
            new = np.full((1, 1) if k % 2 else (2, 2), plane[start - 1, start - 1])
            for ring in range(0 if k % 2 else 1, start):
                new = np.pad(new, 1, constant_values=plane[start + ring, start + ring])
            out[:, :, i, j] = new
    return out


def constraint(name, config, w):
    axis = config.get("axis", 0)
    axis = tuple(axis) if isinstance(axis, list) else axis
    norm = np.sqrt(np.sum(w * w, axis=axis, keepdims=True)) if config["name"] != "radial_constraint" else None
    if config["name"] == "min_max_norm":
        bounded = np.clip(norm, config["min_value"], config["max_value"])
        out = w * (config["rate"] * bounded + (1 - config["rate"]) * norm) / (EPSILON + norm)
    elif config["name"] == "max_norm":
        out = w * np.clip(norm, 0, config["max_value"]) / (EPSILON + norm)
    elif config["name"] == "unit_norm":
        out = w / (EPSILON + norm)
    else:
        out = radial(w)
    return {
        "id": "extra_" + name,
        "op": "constraint",
        "config": config,
        "inputs": {"w": tensor(w)},
        "expected": {"w": tensor(out)},
    }


def main():
    random = np.random.default_rng(7)

    def values(*shape):
        return np.round(random.normal(size=shape), 3)

    def rule(of, **config):
        return dict(config, optimizer=of)

    cases = [
        optimizer("sgd", rule("sgd", learning_rate=0.1)),
        optimizer("sgd_clipvalue", rule("sgd", learning_rate=0.1, clipvalue=0.5)),
        optimizer("sgd_clipnorm", rule("sgd", learning_rate=0.1, momentum=0.9, clipnorm=1.0)),
        optimizer("sgd_global_clipnorm", rule("sgd", learning_rate=0.1, global_clipnorm=1.5)),
        optimizer("sgd_nesterov", rule("sgd", learning_rate=0.05, momentum=0.9, nesterov=True)),
        optimizer("sgd_nesterov_decay", rule("sgd", learning_rate=0.05, momentum=0.8, nesterov=True, weight_decay=0.1)),
        optimizer("adam_amsgrad", rule("adam", learning_rate=0.2, beta_1=0.5, beta_2=0.6, amsgrad=True)),
        optimizer("adam_global_clipnorm", rule("adam", learning_rate=0.1, epsilon=0.1, global_clipnorm=0.5)),
        optimizer("adam_weight_decay", rule("adam", learning_rate=0.1, weight_decay=0.05)),
        optimizer("rmsprop_momentum", rule("rmsprop", learning_rate=0.01, momentum=0.9)),
        optimizer("rmsprop_centered", rule("rmsprop", learning_rate=0.01, rho=0.8, centered=True)),
        optimizer("rmsprop_all", rule("rmsprop", learning_rate=0.01, momentum=0.5, centered=True, weight_decay=0.1)),
        optimizer("adagrad", rule("adagrad", learning_rate=0.2)),
        optimizer("adagrad_all", rule("adagrad", learning_rate=0.3, initial_accumulator_value=0.0, epsilon=0.01, weight_decay=0.05, clipnorm=0.7)),
        optimizer("adadelta", rule("adadelta", learning_rate=0.5, rho=0.8, epsilon=0.01)),
        optimizer("adadelta_all", rule("adadelta", learning_rate=2.0, weight_decay=0.02, clipvalue=0.4)),
        optimizer("adamax", rule("adamax", learning_rate=0.1)),
        optimizer("adamax_all", rule("adamax", learning_rate=0.2, beta_1=0.5, beta_2=0.6, epsilon=0.1, weight_decay=0.05, global_clipnorm=1.5)),
        optimizer("nadam", rule("nadam", learning_rate=0.1, beta_1=0.7, beta_2=0.9)),
        optimizer("nadam_all", rule("nadam", learning_rate=0.1, epsilon=0.1, weight_decay=0.05, clipnorm=0.3)),
        optimizer("lion", rule("lion", learning_rate=0.1)),
        optimizer("lion_all", rule("lion", learning_rate=0.2, beta_1=0.6, beta_2=0.5, weight_decay=0.05, clipvalue=0.3)),
        penalty("l1", "regularizer", {"l1": 0.3, "l2": 0.0}, values(3, 4)),
        penalty("l1_l2", "regularizer", {"l1": 0.02, "l2": 0.03}, values(2, 2, 2, 3)),
        penalty("columns", "regularizer_orthogonal", {"factor": 0.2, "mode": "columns"}, values(5, 3)),
        penalty("rows", "regularizer_orthogonal", {"factor": 0.01, "mode": "rows"}, values(4, 2)),
        constraint("max_norm_filters", {"name": "max_norm", "max_value": 1.5, "axis": [0, 1, 2]}, values(2, 3, 2, 4)),
        constraint("max_norm_last", {"name": "max_norm", "max_value": 0.7, "axis": -1}, values(2, 3, 2, 4)),
        constraint("unit_norm_inner", {"name": "unit_norm", "axis": [1, 2]}, values(2, 3, 2, 4)),
        constraint("unit_norm_all", {"name": "unit_norm", "axis": [0, 1]}, values(3, 4)),
        constraint(
            "min_max_norm_axes",
            {"name": "min_max_norm", "min_value": 0.5, "max_value": 1.2, "rate": 0.3, "axis": [0, -2]},
            values(2, 3, 2, 4),
        ),
        constraint("radial_odd", {"name": "radial_constraint"}, values(5, 5, 1, 2)),
        constraint("radial_3", {"name": "radial_constraint"}, values(3, 3, 2, 1)),
        constraint("radial_even", {"name": "radial_constraint"}, values(4, 4, 2, 1)),
    ]
    lines = ",\n".join(json.dumps(case) for case in cases)
    print('{"schema_version":1,"default_tolerance":{"rtol":1e-4,"atol":1e-5},"count":%d,"cases":[\n%s\n]}' % (len(cases), lines))


main()
