"""Opens with Keras 3 what Lockstep wrote: python keras_opens.py ORIGINAL.keras WRITTEN.keras WRITTEN.weights.h5

ORIGINAL is Keras's own file; the others are Lockstep's, of the same model. Fails unless variables, optimizer state and
predictions are the same to the bit, and one more training step leads to the same weights.
"""
import sys
import warnings
import numpy as np
import keras

warnings.simplefilter("error", UserWarning)
original, written, weights = sys.argv[1:]


def variables(model):
    optimizer = getattr(model, "optimizer", None)
    return model.weights + ([] if optimizer is None else optimizer.variables)


def same(a, b):
    assert len(variables(a)) == len(variables(b))
    for x, y in zip(variables(a), variables(b)):
        assert x.shape == y.shape and x.dtype == y.dtype, (x.path, y.path)
        assert x.numpy().tobytes() == y.numpy().tobytes(), (x.path, y.path)
    assert a.predict(samples, verbose=0).tobytes() == b.predict(samples, verbose=0).tobytes()


def load(path):
    model = keras.models.load_model(path)
    # Lockstep does not write it, and what XLA fuses is off by a last digit.
    model.jit_compile = False
    return model


random = np.random.default_rng(1)
a = load(original)
b = load(written)
samples = random.normal(size=(4, *a.input_shape[1:])).astype("float32")
same(a, b)
c = load(original)
for variable in variables(c):
    variable.assign(np.zeros(variable.shape))
c.load_weights(weights)
same(a, c)
if getattr(a, "optimizer", None) is not None:
    for layer in a.layers + b.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    labels = random.integers(0, a.output_shape[-1], 4)
    a.train_on_batch(samples, labels)
    b.train_on_batch(samples, labels)
    same(a, b)
print("same:", len(variables(a)), "variables")
