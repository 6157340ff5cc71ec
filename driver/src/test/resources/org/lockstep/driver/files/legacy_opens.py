"""Opens with Keras 3 what Lockstep wrote: python legacy_opens.py ORIGINAL.keras WRITTEN.h5

ORIGINAL is Keras's own file; the other is Lockstep's, of the same model. Fails unless configurations, weights, predictions,
iteration and learning rate are the same, and unless the names of all weights are those of a file that Keras writes of a
model that it has built. (Keras itself makes an optimizer without slots of its own .h5 files.)
"""
import json
import os
import sys
import tempfile
import h5py
import numpy as np
import keras

original, written = sys.argv[1:]
a = keras.models.load_model(original)
b = keras.models.load_model(written)
assert json.dumps(a.get_config()) == json.dumps(b.get_config())
assert len(a.weights) == len(b.weights)
for x, y in zip(a.weights, b.weights):
    assert x.shape == y.shape and x.dtype == y.dtype, (x.path, y.path)
    assert x.numpy().tobytes() == y.numpy().tobytes(), (x.path, y.path)
samples = np.random.default_rng(1).normal(size=(4, *a.input_shape[1:])).astype("float32")
assert a.predict(samples, verbose=0).tobytes() == b.predict(samples, verbose=0).tobytes()


def optimizer(model):
    config = model.optimizer.get_config()
    # Lockstep does not keep it.
    del config["name"]
    return config


def text(name):
    return name.decode() if isinstance(name, bytes) else name


def content(path, prefix):
    """Layers, weights and the optimizer's variables by name, without a Sequential's own name."""
    numbers = {}
    with h5py.File(path) as f:
        w = f["model_weights"]
        layers = [text(name) for name in w.attrs["layer_names"]]
        for layer in layers + ["top_level_model_weights"]:
            for name in map(text, w[layer].attrs["weight_names"]):
                numbers[layer + " " + name.replace(prefix + "/", "")] = w[layer][name][()]
        if "optimizer_weights" in f:
            o = f["optimizer_weights"]
            for name in map(text, o.attrs["weight_names"]):
                numbers["optimizer " + name.split("/")[-1].replace(prefix + "_", "")] = o[name][()]
        config = json.loads(f.attrs["training_config"]) if "training_config" in f.attrs else None
        return layers, numbers, sorted(config) if config else None


with tempfile.TemporaryDirectory() as folder:
    again = os.path.join(folder, "again.h5")
    a.save(again)
    k = keras.models.load_model(again)
    if getattr(a, "optimizer", None) is not None:
        assert optimizer(k) == optimizer(b)
        for x, y in zip(k.optimizer.variables, b.optimizer.variables, strict=True):
            assert x.numpy() == y.numpy(), x.path
        for key in ["loss", "metrics"]:
            assert k.get_compile_config()[key] == b.get_compile_config()[key], key
    expected, received = content(again, a.name), content(written, a.name)
assert expected[0] == received[0] and expected[2] == received[2], (expected, received)
assert list(expected[1]) == list(received[1]), (list(expected[1]), list(received[1]))
for name, values in expected[1].items():
    assert values.shape == received[1][name].shape and (values == received[1][name]).all(), name
print("same:", len(received[1]), "variables")
