"""Writes schedule-cases.json: Keras 3's learning-rate schedules in float64, from their published formulas.

Run: python3 schedule_cases.py > schedule-cases.json
"""

import json
import math

STEPS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 15, 16, 20, 24, 25, 30, 31, 56, 57, 100, 1000, 123457]


def exponential(t, c):
    p = t / c["decay_steps"]
    return c["initial_learning_rate"] * c["decay_rate"] ** (math.floor(p) if c.get("staircase") else p)


def inverse_time(t, c):
    p = t / c["decay_steps"]
    return c["initial_learning_rate"] / (1 + c["decay_rate"] * (math.floor(p) if c.get("staircase") else p))


def piecewise(t, c):
    return c["values"][sum(t > b for b in c["boundaries"])]


def polynomial(t, c):
    lr, steps, end = c["initial_learning_rate"], c["decay_steps"], c.get("end_learning_rate", 1e-4)
    if c.get("cycle"):
        steps *= max(1, math.ceil(t / steps))
    return (lr - end) * (1 - min(t, steps) / steps) ** c.get("power", 1.0) + end


def cosine(t, c):
    lr, warm = c["initial_learning_rate"], 0
    if c.get("warmup_target") is not None:
        warm, target = c.get("warmup_steps", 0), c["warmup_target"]
        if t < warm:
            return lr + (target - lr) * t / warm
        lr = target
    p = min((t - warm) / c["decay_steps"], 1)
    alpha = c.get("alpha", 0.0)
    return lr * ((1 - alpha) * (1 + math.cos(math.pi * p)) / 2 + alpha)


def restarts(t, c):
    length, top, alpha = c["first_decay_steps"], 1.0, c.get("alpha", 0.0)
    while t >= length:
        t -= length
        length *= c.get("t_mul", 2.0)
        top *= c.get("m_mul", 1.0)
    return c["initial_learning_rate"] * ((1 - alpha) * top * (1 + math.cos(math.pi * t / length)) / 2 + alpha)


RULES = {
    "ExponentialDecay": exponential,
    "InverseTimeDecay": inverse_time,
    "PiecewiseConstantDecay": piecewise,
    "PolynomialDecay": polynomial,
    "CosineDecay": cosine,
    "CosineDecayRestarts": restarts,
}


def case(case_id, class_name, **config):
    return {
        "id": "schedule_" + case_id,
        "op": "lr_schedule",
        "config": dict(config, class_name=class_name),
        "inputs": {"steps": STEPS},
        "expected": {"lr": [float("%.9g" % RULES[class_name](t, config)) for t in STEPS]},
    }


lr = {"initial_learning_rate": 0.1}
CASES = [
    case("exponential", "ExponentialDecay", **lr, decay_steps=10, decay_rate=0.96),
    case("exponential_staircase", "ExponentialDecay", **lr, decay_steps=8, decay_rate=0.5, staircase=True, name="fall"),
    case("inverse", "InverseTimeDecay", **lr, decay_steps=1.0, decay_rate=0.5),
    case("inverse_staircase", "InverseTimeDecay", **lr, decay_steps=4, decay_rate=2.0, staircase=True, name="fall"),
    case("piecewise_one", "PiecewiseConstantDecay", boundaries=[8], values=[1.0, 0.1], name="steps"),
    case("piecewise_more", "PiecewiseConstantDecay", boundaries=[0, 9, 10, 57], values=[1.0, 0.5, 0.2, 0.1, 0.01]),
    case("polynomial", "PolynomialDecay", **lr, decay_steps=20),
    case("polynomial_root", "PolynomialDecay", **lr, decay_steps=25, end_learning_rate=0.01, power=0.5, cycle=False),
    case("polynomial_cycle", "PolynomialDecay", **lr, decay_steps=10, power=2.0, cycle=True, name="waves"),
    case("cosine", "CosineDecay", **lr, decay_steps=20),
    case("cosine_alpha", "CosineDecay", **lr, decay_steps=30, alpha=0.1, name="wave", warmup_target=None),
    case("cosine_warmup", "CosineDecay", initial_learning_rate=0.0, decay_steps=20, warmup_target=0.2, warmup_steps=10),
    case("cosine_warmup_down", "CosineDecay", **lr, decay_steps=15, alpha=0.2, warmup_target=0.05, warmup_steps=5),
    case("cosine_target_alone", "CosineDecay", **lr, decay_steps=15, warmup_target=0.3),
    case("restarts", "CosineDecayRestarts", **lr, first_decay_steps=8),
    case("restarts_same", "CosineDecayRestarts", **lr, first_decay_steps=10, t_mul=1.0, m_mul=0.9, alpha=0.05),
    case("restarts_slow", "CosineDecayRestarts", **lr, first_decay_steps=5, t_mul=1.5, m_mul=0.8, name="waves"),
    case("restarts_tenfold", "CosineDecayRestarts", **lr, first_decay_steps=1, t_mul=10.0, m_mul=0.5, alpha=0.1),
]
print('{"schema_version": 1, "cases": [')
print(",\n".join(json.dumps(c) for c in CASES))
print("]}")
