"""Writes metric-cases.json: the numbers of Keras's own tests of metrics, keras/src/metrics/*_test.py.

python3 metric_cases.py > metric-cases.json
"""

import json
import math


def tensor(rows):
    shape, data = [len(rows)], rows
    while isinstance(data[0], (list, tuple)):
        shape.append(len(data[0]))
        data = [value for row in data for value in row]
    return {"shape": shape, "data": list(data)}


cases = []


def case(name, y_true, y_pred, result, weights=None, digits=None, **arguments):
    inputs = {"y_true": tensor(y_true), "y_pred": tensor(y_pred)}
    config = {"metric": name, **arguments}
    if weights is not None:
        inputs["sample_weight"] = tensor(weights)
        config["weighted"] = True
    cases.append({
        "id": f"{len(cases)}_{name}", "op": "metric", "config": config, "inputs": inputs, "expected": {"result": result}})
    if digits is not None:
        cases[-1]["tolerance"] = {"rtol": 0.0, "atol": 10.0**-digits}


# accuracy_metrics.py, the examples of BinaryAccuracy; with a threshold of 0.7 the sample of 0.6 is right too.
for threshold, plain, weighted in ((0.5, 0.75, 0.5), (0.7, 1.0, 1.0)):
    case("BinaryAccuracy", [[1], [1], [0], [0]], [[0.98], [1], [0], [0.6]], plain, threshold=threshold)
    case("binary_accuracy", [[1], [1], [0], [0]], [[0.98], [1], [0], [0.6]], weighted, [1, 0, 0, 1], threshold=threshold)

# regression_metrics_test.py
y = [[0, 1, 0, 1, 0], [0, 0, 1, 1, 1], [1, 1, 1, 1, 0], [0, 0, 0, 0, 1]]
p = [[0, 0, 1, 1, 0], [1, 1, 1, 1, 1], [0, 1, 0, 1, 0], [1, 1, 1, 1, 1]]
four = [1.0, 1.5, 2.0, 2.5]
for name in ("mse", "MeanSquaredError", "mean_squared_error", "mae", "mean_absolute_error"):
    case(name, y, p, 0.5)
    case(name, y, p, 0.542857143, four)
case("mape", y, p, 35e7)
case("mean_absolute_percentage_error", y, p, 40e7, four)
case("msle", y, p, 0.24022)
case("MeanSquaredLogarithmicError", y, p, 0.26082, four)
case("root_mean_squared_error", [2, 4, 6], [1, 3, 2], math.sqrt(6))
case("RootMeanSquaredError", [2, 4, 6, 8], [1, 3, 2, 3], math.sqrt(13), [0, 1, 0, 1])
yc, pc = [[1, 9, 2], [-5, -2, 6]], [[4, 8, 12], [8, 1, 3]]
cosines = [sum(a * b for a, b in zip(u, v)) / math.sqrt(sum(a * a for a in u) * sum(b * b for b in v)) for u, v in zip(yc, pc)]
case("cosine_similarity", yc, pc, sum(cosines) / 2)
case("CosineSimilarity", yc, pc, (1.2 * cosines[0] + 3.4 * cosines[1]) / 4.6, [1.2, 3.4])
error = [a - b for u, v in zip(yc, pc) for a, b in zip(v, u)]
logs = [math.log((math.exp(e) + math.exp(-e)) / 2) for e in error]
case("log_cosh_error", yc, pc, sum(logs) / 6)
case("LogCoshError", yc, pc, (1.2 * sum(logs[:3]) + 3.4 * sum(logs[3:])) / (3 * 4.6), [1.2, 3.4])

# hinge_metrics_test.py
yh, ph = [[0, 1, 0, 1], [0, 0, 1, 1]], [[-0.3, 0.2, -0.1, 1.6], [-0.25, -1.0, 0.5, 0.6]]
case("hinge", yh, ph, 0.506, digits=3)
case("Hinge", yh, ph, 0.493, [1.5, 2.0], digits=3)
case("squared_hinge", yh, ph, 0.364, digits=3)
case("SquaredHinge", yh, ph, 0.347, [1.5, 2.0], digits=3)
case("categorical_hinge", y, p, 0.5)
case("CategoricalHinge", y, p, 0.5, four)

# probabilistic_metrics_test.py
yk, pk = [[0.5, 0.8, 0.12], [0.7, 0.43, 0.8]], [[0.4, 0.9, 0.12], [0.36, 0.3, 0.4]]
kl = [sum(a * math.log(a / b) for a, b in zip(u, v)) for u, v in zip(yk, pk)]
case("kl_divergence", yk, pk, sum(kl) / 2)
case("KLDivergence", yk, pk, (1.2 * kl[0] + 3.4 * kl[1]) / 4.6, [1.2, 3.4])
yq, pq = [[4, 8, 12], [8, 1, 3]], [[1, 9, 2], [5, 2, 6]]
poisson = [sum(b - a * math.log(b + 1e-7) for a, b in zip(u, v)) / 3 for u, v in zip(yq, pq)]
case("poisson", yq, pq, sum(poisson) / 2)
case("Poisson", yq, pq, (1.2 * poisson[0] + 3.4 * poisson[1]) / 4.6, [1.2, 3.4])
yl, pl = [[1, 0, 1], [0, 1, 1]], [[100.0, -100.0, 100.0], [100.0, 100.0, -100.0]]
case("binary_crossentropy", yl, pl, 33.3333333, from_logits=True)
ys, ps = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0], [0.1, 0.8, 0.1]]
case("categorical_crossentropy", ys, ps, 1.17693882)
case("CategoricalCrossentropy", ys, ps, (1.5 * -math.log(0.95) + 2 * -math.log(0.1)) / 3.5, [1.5, 2.0])
case("sparse_categorical_crossentropy", [[1], [2]], ps, 1.17693882)
logits = [[1.0, 9, 0], [1, 8, 1]]
case("categorical_crossentropy", ys, logits, 3.5011, from_logits=True)
case("sparse_categorical_crossentropy", [[1], [2]], logits, 3.5011, from_logits=True)
case("categorical_crossentropy", ys, logits, 3.667, digits=3, from_logits=True, label_smoothing=0.1)

# confusion_metrics_test.py
for name, count, weighted in (
        ("FalsePositives", 7, 14), ("FalseNegatives", 3, 5), ("TrueNegatives", 3, 4), ("true_positives", 7, 12)):
    case(name, y, p, count)
    case(name, y, p, weighted, four)
pt = [[0.9, 0.2, 0.8, 0.1], [0.2, 0.9, 0.7, 0.6], [0.1, 0.2, 0.4, 0.3], [0, 1, 0.7, 0.3]]
yt = [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1]]
for threshold, positives, negatives, missed in ((0.15, 6, 2, 1), (0.5, 3, 5, 4), (0.85, 1, 7, 6)):
    case("true_positives", yt, pt, positives, thresholds=threshold)
    case("true_negatives", yt, pt, negatives, thresholds=[threshold])
    case("false_negatives", yt, pt, missed, thresholds=threshold)
for threshold, missed in ((0.15, 4), (0.5, 16), (0.85, 23)):
    case("false_negatives", yt, pt, missed, [3.0, 5.0, 7.0, 4.0], thresholds=threshold)
case("precision", [0, 1, 1, 1], [1, 0, 1, 1], 0.6666667)
case("precision", [0, 1, 1, 1], [1, 0, 1, 1], 1.0, [0, 0, 1, 0])
case("recall", [0, 1, 1, 1], [1, 0, 1, 1], 0.6666667)
case("recall", [0, 1, 1, 1], [1, 0, 1, 1], 1.0, [0, 0, 1, 0])
case("Precision", [0, 1, 1, 0], [1, 0, 1, 0], 0.5)
case("Recall", [0, 1, 1, 0], [1, 0, 1, 0], 0.5)
case("precision", [0, 0, 0, 0], [0, 0, 0, 0], 0)
case("recall", [0, 0, 0, 0], [0, 0, 0, 0], 0)
case("precision", [[0, 0, 1, 1]], [[1, 1, 1, 1]], 0.0, top_k=2)
case("precision", [[0, 0, 1, 1]], [[1, 1, 1, 1]], 0.5, top_k=4)
# weighted counts of the top 3, unrolled from test_unweighted_top_k and test_weighted_top_k
case("precision", [[0, 1, 1, 0, 0]], [[0.2, 0.1, 0.5, 0, 0.2]], 1 / 3, top_k=3)
case("recall", [[0, 1, 1, 0, 0]], [[0.2, 0.1, 0.5, 0, 0.2]], 1 / 2, top_k=3)
# test_unweighted_class_id
for name in ("precision", "recall"):
    case(name, [[0, 1, 1, 0, 0]], [[0.2, 0.1, 0.6, 0, 0.2]], 1, class_id=2)
    case(name, [[0, 1, 1, 0, 0]], [[0.2, 0.1, 0, 0, 0.2]], 0, class_id=2)
case("precision", [[0, 1, 0, 0, 0]], [[0.2, 0.1, 0.6, 0, 0.2]], 0, class_id=2)
# test_unweighted_top_k_and_class_id, test_unweighted_top_k_and_threshold
for name in ("precision", "recall"):
    case(name, [[0, 1, 1, 0, 0]], [[0.2, 0.6, 0.3, 0, 0.2]], 1, class_id=2, top_k=2)
    case(name, [[0, 1, 1, 0, 0]], [[1, 1, 0.9, 1, 1]], 0, class_id=2, top_k=2)
case("precision", [[0, 1, 1, 0, 1]], [[0.2, 0.8, 0.6, 0, 0.2]], 1, thresholds=0.7, top_k=2)
case("recall", [[1, 1, 1, 0, 1]], [[0.2, 0.8, 0.6, 0, 0.2]], 0.25, thresholds=0.7, top_k=2)

# AUCTest
ya, pa = [0, 0, 1, 1], [0, 0.5, 0.3, 0.9]
wa = [1, 2, 3, 4]
case("AUC", ya, ya, 1)
case("auc", ya, pa, 0.75, num_thresholds=3)
case("auc", ya, [-27.6, 0.0, -0.8472979, 2.1972246], 0.75, num_thresholds=3, from_logits=True)
case("auc", ya, pa, 0.75, num_thresholds=2, thresholds=[0.5])
r = 4 / 7
case("auc", ya, pa, (1 + r) / 2, wa, num_thresholds=3)
case("auc", ya, pa, 1, wa, num_thresholds=3, summation_method="majoring")
case("auc", ya, pa, r, wa, num_thresholds=3, summation_method="minoring")
case("auc", ya, pa, 1, wa, num_thresholds=3, curve="PR", summation_method="majoring")
case("auc", ya, pa, 0.7 * 3 / 7, wa, num_thresholds=3, curve="PR", summation_method="minoring")
case("auc", ya, pa, (0.5 * (3 + 2 * math.log(2.5)) + 4) / 7, wa, num_thresholds=3, curve="PR")
case("auc", ya, pa, 0, [-1, -2, -3, -4], num_thresholds=3, curve="PR")
case("auc", ya, pa, 1, wa, num_thresholds=3, curve="PRGAIN", summation_method="majoring")
case("auc", ya, pa, 0, wa, num_thresholds=3, curve="PRGAIN", summation_method="minoring")
case("auc", ya, pa, 0.5, wa, num_thresholds=3, curve="PRGAIN")
# Thresholds that are not even: tp 2, 2, 2, 1, 0 and fp 2, 1, 1, 0, 0 of two each: 0.5 + 0.5 * (1 + 0.5) / 2.
case("auc", ya, pa, 0.875, thresholds=[0.8, 0.2, 0.25])
case("auc", [0, 1], [0.0, 0.3], 1)

lines = ",\n".join(json.dumps(each) for each in cases)
print('{"schema_version": 1, "cases": [\n' + lines + "\n]}")
