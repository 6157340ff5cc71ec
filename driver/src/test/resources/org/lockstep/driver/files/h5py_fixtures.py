"""Writes the folder h5 beside it with h5py: files in Keras's layout, of a model with one Dense(2) on 3 inputs, that must be
refused, or read although they are unusual. python h5py_fixtures.py"""
import os
import h5py
import numpy as np

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "h5")
os.makedirs(here, exist_ok=True)
KERNEL = np.arange(6, dtype="float32").reshape(3, 2) / 4
BIAS = np.float32([0.1, -0.5])


def file(name, **options):
    path = os.path.join(here, name + ".weights.h5")
    if os.path.exists(path):
        os.remove(path)
    return h5py.File(path, "w", **options)


def dense(f, kernel=KERNEL, bias=BIAS):
    v = f.create_group("layers/dense").create_group("vars")
    v.attrs["name"] = "dense"
    if kernel is not None:
        v["0"] = kernel
    if bias is not None:
        v["1"] = bias
    return v


with file("plain") as f:
    dense(f)
with file("latest", libver="latest") as f:
    dense(f)
with file("doubles") as f:
    dense(f, KERNEL.astype("float64"), BIAS.astype("float64"))
with file("big_endian") as f:
    dense(f, KERNEL.astype(">f4"), BIAS.astype(">f8"))
with file("halves") as f:
    dense(f, KERNEL.astype("float16"))
with file("integers") as f:
    dense(f, KERNEL.astype("int32"))
with file("compressed") as f:
    dense(f, kernel=None).create_dataset("0", data=KERNEL, compression="gzip")
with file("soft_link") as f:
    dense(f, kernel=None)["0"] = h5py.SoftLink("/elsewhere")
    f["elsewhere"] = KERNEL
with file("external_link") as f:
    dense(f, kernel=None)["0"] = h5py.ExternalLink("plain.weights.h5", "/layers/dense/vars/0")
with file("external_data") as f:
    dense(f, kernel=None).create_dataset("0", (3, 2), "f4", external=[("/etc/passwd", 0, 24)])
with file("soft_group") as f:
    f["layers"] = h5py.SoftLink("/other")
    f.create_group("other")
with file("never_written") as f:
    dense(f, kernel=None).create_dataset("0", (3, 2), "f4")
with file("virtual", libver="latest") as f:
    layout = h5py.VirtualLayout(shape=(3, 2), dtype="f4")
    layout[:] = h5py.VirtualSource("plain.weights.h5", "layers/dense/vars/0", shape=(3, 2))
    dense(f, kernel=None).create_virtual_dataset("0", layout)
with file("missing_layer") as f:
    f.create_group("layers")
with file("missing_layers") as f:
    f.create_group("vars")
with file("missing_bias") as f:
    dense(f, bias=None)
with file("misnamed") as f:
    dense(f, bias=None)["2"] = BIAS
with file("wrong_shape") as f:
    dense(f, kernel=KERNEL.T)
with file("group_for_data") as f:
    dense(f, kernel=None).create_group("0")
with file("data_for_group") as f:
    f["layers"] = KERNEL
with file("huge") as f:
    dense(f, kernel=None).create_dataset("0", (1 << 40, 2), "f4", chunks=(1, 2))
for name, iteration, rate in [
    ("iteration_float", np.float32(3), np.float32(0.5)),
    ("iteration_array", np.int64([3]), np.float32(0.5)),
    ("iteration_negative", np.int64(-1), np.float32(0.5)),
    ("rate_nan", np.int64(3), np.float32("nan")),
    ("int32", np.int32(3), np.float32(0.5)),
]:
    with file(name) as f:
        dense(f)
        v = f.create_group("optimizer").create_group("vars")
        v["0"] = iteration
        v["1"] = rate
