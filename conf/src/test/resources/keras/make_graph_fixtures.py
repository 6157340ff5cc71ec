"""Writes what real Keras 3 says of some functional models: to_json() and summary(). Made with Keras 3.15.1.

Run in this folder: KERAS_BACKEND=jax COLUMNS=80 python make_graph_fixtures.py
"""

import json

import keras
from keras import layers as L

keras.config.set_image_data_format("channels_last")


def write(name, inputs, outputs):
    model = keras.Model(inputs, outputs, name=name)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    with open(f"{name}.json", "w") as file:
        file.write(model.to_json())
    lines = []
    model.summary(print_fn=lines.append)
    with open(f"{name}.summary.txt", "w") as file:
        file.write("".join(lines))


def resnet(name, blocks):
    def unit(x, filters, size=3, strides=1, relu=True, normalized=True):
        x = L.Conv2D(
            filters,
            size,
            strides=strides,
            padding="same",
            kernel_initializer="he_normal",
            kernel_regularizer=keras.regularizers.L2(1e-4),
        )(x)
        x = L.BatchNormalization()(x) if normalized else x
        return L.Activation("relu")(x) if relu else x

    keras.utils.clear_session()
    image = keras.Input((32, 32, 3))
    x = unit(image, 16)
    for stage in range(3):
        for block in range(blocks):
            strides = 2 if stage > 0 and block == 0 else 1
            y = unit(x, 16 << stage, strides=strides)
            y = unit(y, 16 << stage, relu=False)
            if strides == 2:
                x = unit(x, 16 << stage, 1, strides, relu=False, normalized=False)
            x = L.Activation("relu")(L.Add()([x, y]))
    x = L.GlobalAveragePooling2D()(x)
    write(name, image, L.Dense(10, activation="softmax", kernel_initializer="he_normal")(x))


resnet("resnet20", 3)

keras.utils.clear_session()
image = keras.Input((8, 8, 3), name="image")
x = L.ZeroPadding2D()(image)
x = L.ZeroPadding2D(((1, 2), (0, 3)))(x)
x = L.Cropping2D(1)(x)
x = L.UpSampling2D((2, 1))(x)
x = L.Rescaling(0.5, offset=-1.0)(x)
x = L.DepthwiseConv2D(3, depth_multiplier=2, depthwise_regularizer="l2", bias_constraint="non_neg")(x)
x = L.BatchNormalization()(x)
relu = L.ReLU(max_value=6.0)
x = relu(relu(x))
y = L.LeakyReLU()(x)
z = L.Concatenate(axis=2)([x, y])
x = L.Multiply()([L.Maximum()([x, y]), L.Minimum()([y, x]), L.Cropping2D(((0, 0), (0, 9)))(z)])
x = L.Dropout(0.5)(x)
x = L.GlobalMaxPooling2D()(x)
dense = L.Dense(x.shape[-1])
x = L.Average()([dense(x), dense(L.Dense(6)(x)), x])
x = L.Subtract()([x, L.Dense(6, name="bias")(x)])
write("every_merge", [image], L.Softmax()(x))

keras.utils.clear_session()
image = keras.Input((6, 6, 2))
x = L.Flatten()(L.MaxPooling2D()(L.Conv2D(3, 3, activation="relu")(image)))
write("chain", image, L.Dense(3, activation="softmax")(x))

keras.utils.clear_session()
image = keras.Input((8, 8, 3), name="image")
x = L.SeparableConv2D(4, 3, strides=2, padding="same", depth_multiplier=2, pointwise_regularizer="l2")(image)
x = L.SpatialDropout2D(0.25)(L.PReLU(shared_axes=[1, 2])(x))
x = L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1, activation="elu")(x)
x = L.UpSampling2D(interpolation="bilinear")(L.ELU(0.5)(x))
write("decoder", image, L.Dense(3, activation="softmax")(L.PReLU()(L.Flatten()(x))))

keras.utils.clear_session()
with open("graph_layers.json", "w") as file:
    layers = [
        L.Add(),
        L.Average(),
        L.Concatenate(),
        L.Conv2DTranspose(1, 2),
        L.Cropping2D(),
        L.DepthwiseConv2D(1),
        L.ELU(),
        L.GlobalMaxPooling2D(),
        L.LeakyReLU(),
        L.Maximum(),
        L.Minimum(),
        L.Multiply(),
        L.PReLU(),
        L.ReLU(),
        L.Rescaling(2.0),
        L.Reshape((3, -1)),
        L.SeparableConv2D(1, 2),
        L.Softmax(),
        L.SpatialDropout2D(0.5),
        L.Subtract(),
        L.UpSampling2D(),
        L.ZeroPadding2D(),
    ]
    json.dump({type(o).__name__: keras.saving.serialize_keras_object(o) for o in layers}, file, indent=1)
