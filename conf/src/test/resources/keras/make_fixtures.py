"""Writes what real Keras 3 says of some models: to_json() and summary(). Made with Keras 3.12.0;
lenet-3.15.json is the lenet of Keras 3.15.1.

Run in this folder: KERAS_BACKEND=jax COLUMNS=80 python make_fixtures.py
"""

import keras
from keras import layers as L

keras.config.set_image_data_format("channels_last")


def write(name, model):
    with open(f"{name}.json", "w") as file:
        file.write(model.to_json())
    lines = []
    model.summary(print_fn=lines.append)
    with open(f"{name}.summary.txt", "w") as file:
        file.write("".join(lines))


def model(name, *layers):
    keras.utils.clear_session()
    return keras.Sequential([layer() for layer in layers], name=name)


lenet = model(
    "sequential",
    lambda: keras.Input((28, 28, 1)),
    lambda: L.Conv2D(32, 3, activation="relu"),
    lambda: L.MaxPooling2D(2),
    lambda: L.Conv2D(64, 3, activation="relu"),
    lambda: L.MaxPooling2D(2),
    lambda: L.Flatten(),
    lambda: L.Dropout(0.5),
    lambda: L.Dense(128, activation="relu"),
    lambda: L.Dense(10, activation="softmax"),
)
lenet.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
write("lenet", lenet)

everything = model(
    "every_option",
    lambda: keras.Input((3, 20, 21), name="image"),
    lambda: L.Conv2D(
        8,
        (3, 2),
        strides=(2, 1),
        padding="same",
        data_format="channels_first",
        groups=1,
        activation="tanh",
        use_bias=True,
        kernel_initializer=keras.initializers.HeNormal(seed=7),
        bias_initializer=keras.initializers.Constant(0.1),
        kernel_regularizer=keras.regularizers.L1L2(0.25, 0.5),
        bias_regularizer=keras.regularizers.L2(0.5),
        activity_regularizer=keras.regularizers.L1(0.25),
        kernel_constraint=keras.constraints.MaxNorm(3, axis=[0, 1, 2]),
        bias_constraint=keras.constraints.NonNeg(),
        name="first",
    ),
    lambda: L.Conv2D(
        4, 2, dilation_rate=(2, 1), groups=2, use_bias=False, data_format="channels_first", trainable=False
    ),
    lambda: L.BatchNormalization(
        axis=1,
        momentum=0.9,
        epsilon=0.01,
        beta_initializer="ones",
        gamma_initializer=keras.initializers.RandomNormal(1.0, 0.5, seed=3),
        beta_regularizer="l2",
        gamma_regularizer="l2",
        beta_constraint="unit_norm",
        gamma_constraint=keras.constraints.MinMaxNorm(0.5, 1.5, 0.75),
    ),
    lambda: L.BatchNormalization(center=False, scale=False),
    lambda: L.Activation("elu"),
    lambda: L.MaxPooling2D((2, 1), strides=1, padding="same", data_format="channels_first"),
    lambda: L.AveragePooling2D(2, data_format="channels_first"),
    lambda: L.Dropout(0.5, noise_shape=(None, 1, None, None), seed=11),
    lambda: L.GlobalAveragePooling2D(data_format="channels_first", keepdims=True),
    lambda: L.Flatten(data_format="channels_first"),
    lambda: L.Dense(
        6,
        activation="selu",
        kernel_initializer="orthogonal",
        bias_initializer=keras.initializers.RandomUniform(-0.5, 0.5, seed=None),
        kernel_regularizer=keras.regularizers.OrthogonalRegularizer(0.5, "columns"),
        bias_regularizer="l2",
        activity_regularizer="l2",
        kernel_constraint=keras.constraints.UnitNorm(axis=1),
        bias_constraint="max_norm",
    ),
    lambda: L.Dense(6, kernel_initializer=keras.initializers.VarianceScaling(2.0, "fan_out", "uniform", 5)),
    lambda: L.Dense(6, bias_initializer="ones"),
    lambda: L.Dense(6, kernel_initializer=keras.initializers.TruncatedNormal(0.0, 0.5, 5), bias_initializer="zeros"),
    lambda: L.Dense(2, kernel_initializer="lecun_uniform", bias_initializer="glorot_normal"),
)
everything.compile(
    keras.optimizers.SGD(0.25, momentum=0.5, nesterov=True, weight_decay=0.125, clipvalue=0.5),
    keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.25),
    metrics=["categorical_accuracy", keras.metrics.BinaryAccuracy(name="right")],
)
write("every_option", everything)

activations = model(
    "activations",
    lambda: keras.Input((4, 4, 2)),
    lambda: L.Conv2D(2, 1, activation=L.ReLU(max_value=6.0, negative_slope=0.25, threshold=0.5)),
    lambda: L.Activation(L.LeakyReLU(negative_slope=0.125)),
    lambda: L.Activation(L.ELU(alpha=0.5)),
    lambda: L.Activation(L.Softmax(axis=1)),
    lambda: L.Dense(3, activation="silu"),
    lambda: L.Activation("leaky_relu"),
    lambda: L.Flatten(),
    lambda: L.Dense(1, activation="sigmoid"),
)
activations.compile(
    keras.optimizers.RMSprop(0.5, rho=0.75, momentum=0.25, epsilon=0.125, centered=True, global_clipnorm=2.0),
    "binary_crossentropy",
)
write("activations", activations)

unbuilt = model("unbuilt", lambda: L.Conv2D(2, 3), lambda: L.Flatten(), lambda: L.Dense(1))
unbuilt.compile(keras.optimizers.Adam(0.5, 0.75, 0.875, 0.125, True, clipnorm=1.5), "mean_squared_error")
write("unbuilt", unbuilt)

names = model(
    "a_model_with_quite_a_long_name",
    lambda: L.Input((64, 64, 3)),
    lambda: L.Conv2D(1000, (7, 7), name="a_convolution_whose_name_does_not_fit_in_its_column_of_the_table"),
    lambda: L.GlobalAveragePooling2D(),
    lambda: L.Dense(3000, trainable=False),
    lambda: L.BatchNormalization(),
    lambda: L.Dense(10, name="predictions"),
)
write("names", names)
