"""Writes with Keras 3 itself the models of .keras files beside it in the older format, as NAME.h5:
KERAS_BACKEND=jax python legacy_fixtures.py"""
import os
import keras

here = os.path.dirname(os.path.abspath(__file__))
for name in ["adam", "sgd", "uncompiled", "trained"]:
    keras.models.load_model(os.path.join(here, name + ".keras")).save(os.path.join(here, name + ".h5"))
