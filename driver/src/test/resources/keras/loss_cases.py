"""Writes loss-cases.json: losses by every reduction, in float64, by the formulas of keras/src/losses/loss.py.

python3 loss_cases.py > loss-cases.json
"""

import json
import math
import random

random.seed(5)


def tensor(shape, data):
    return {"shape": shape, "data": data}


def draw(count):
    return [round(random.uniform(-2, 2), 3) for _ in range(count)]


def squared(y, p):
    n = len(p)
    return sum((a - b) ** 2 for a, b in zip(y, p)) / n, [2 * (b - a) / n for a, b in zip(y, p)]


def crossentropy(y, p):
    powers = [math.exp(z) for z in p]
    total = sum(powers)
    value = sum(a * (math.log(total) - z) for a, z in zip(y, p))
    return value, [w / total * sum(y) - a for a, w in zip(y, powers)]


def case(name, loss, config, shape, rows_of_y, inputs, weights, rule, reduction):
    positions = 1
    for n in shape[:-1]:
        positions *= n
    width = shape[-1]
    rows = [draw(width) for _ in range(positions)]
    values, slopes = zip(*[rule(y, p) for y, p in zip(rows_of_y, rows)])
    each = weights or [1.0] * positions
    weighted = [w * v for w, v in zip(each, values)]
    total = sum(weighted)
    divisor = {"sum": 1.0, "none": 1.0, None: 1.0, "mean_with_sample_weight": sum(each)}.get(reduction, positions)
    expected = {"per_sample": tensor(shape[:-1], list(values))}
    if reduction in ("none", None):
        expected["loss"] = tensor(shape[:-1], weighted)
    else:
        expected["loss"] = total / divisor if divisor else 0.0
    flat = [w * s / divisor if divisor else 0.0 for w, slope in zip(each, slopes) for s in slope]
    expected["dy_pred"] = tensor(shape, flat)
    if weights:
        expected["effective_weights"] = tensor(shape[:-1], weights)
    return {
        "id": f"{name}_{reduction}",
        "op": "loss",
        "config": {"loss": loss, "reduction": reduction, **config},
        "inputs": {"y_pred": tensor(shape, [v for row in rows for v in row]), **inputs},
        "expected": expected,
    }


cases = []
one_hot = [[1.0, 0, 0], [0, 0, 1.0], [0, 1.0, 0], [0, 0, 1.0]]
flat_one_hot = [v for row in one_hot for v in row]
for reduction in ("sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none", None):
    labels = {"y_true": tensor([4, 3], flat_one_hot)}
    own = [0.5, 2.0, 0.0, 1.5]
    cases.append(case("cce", "categorical_crossentropy", {"from_logits": True}, [4, 3], one_hot, labels, None, crossentropy, reduction))
    cases.append(
        case("cce_sample_weight", "categorical_crossentropy", {"from_logits": True}, [4, 3], one_hot,
             {**labels, "sample_weight": tensor([4], own)}, own, crossentropy, reduction))
    cases.append(
        case("cce_class_weight", "categorical_crossentropy", {"from_logits": True}, [4, 3], one_hot,
             {**labels, "class_weight": {"0": 0.25, "2": 3.0}}, [0.25, 3.0, 1.0, 3.0], crossentropy, reduction))
    cases.append(
        case("scce_class_weight", "sparse_categorical_crossentropy", {"from_logits": True}, [4, 3], one_hot,
             {"y_true": tensor([4, 1], [0, 2, 1, 2]), "class_weight": {"1": 0.5}}, [1.0, 1.0, 0.5, 1.0], crossentropy, reduction))
    rows = [draw(2) for _ in range(6)]
    places = {"y_true": tensor([2, 3, 2], [v for row in rows for v in row])}
    each = [1.0, 0.5, 2.0, 0.0, 3.0, 0.25]
    cases.append(case("mse_positions", "mean_squared_error", {}, [2, 3, 2], rows, places, None, squared, reduction))
    cases.append(
        case("mse_position_weights", "mean_squared_error", {}, [2, 3, 2], rows,
             {**places, "sample_weight": tensor([2, 3], each)}, each, squared, reduction))
    nothing = [0.0] * 4
    cases.append(
        case("cce_weights_zero", "categorical_crossentropy", {"from_logits": True}, [4, 3], one_hot,
             {**labels, "sample_weight": tensor([4], nothing)}, nothing, crossentropy, reduction))

lines = ",\n".join(json.dumps(each) for each in cases)
print('{"schema_version": 1, "cases": [\n' + lines + "\n]}")
