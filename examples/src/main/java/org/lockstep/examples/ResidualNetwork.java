package org.lockstep.examples;

import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.model.Functional;
import org.lockstep.model.Model;
import org.lockstep.regularizers.L2;

/**
 * The residual network of 20 layers for images of 32 × 32, with 274,442 parameters for ten classes.
 *
 * <p>After He et al., Deep Residual Learning for Image Recognition (2015), section 4.2, with a 1 × 1 convolution where a
 * block changes the shape, and Keras's choices of initializer and penalty: three stages of three blocks, with 16, 32 and 64
 * filters on 32, 16 and 8 rows.
 */
public final class ResidualNetwork {

    private static final int BLOCKS = 3;
    private static final L2 PENALTY = new L2(1e-4);

    private ResidualNetwork() {}

    /** The model, yet to be trained; its input has three channels, its output is a probability for each class. */
    public static Functional of(int classes) {
        Input image = Input.of(32, 32, 3);
        KerasTensor x = relu(normalized(convolution(16, 3, 1).on(image)));
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                int strides = stage > 0 && block == 0 ? 2 : 1;
                x = block(x, 16 << stage, strides);
            }
        }
        KerasTensor features = GlobalAveragePooling2D.of().on(x);
        KerasTensor probabilities = Dense.of(classes)
                .activation("softmax")
                .kernelInitializer("he_normal")
                .on(features);
        return Model.of(image, probabilities).name("resnet20");
    }

    /** What two convolutions add to x; with strides, x is brought to the new shape by a third. */
    private static KerasTensor block(KerasTensor x, int filters, int strides) {
        KerasTensor y = relu(normalized(convolution(filters, 3, strides).on(x)));
        y = normalized(convolution(filters, 3, 1).on(y));
        KerasTensor shortcut =
                strides == 1 ? x : convolution(filters, 1, strides).on(x);
        return relu(Add.of().on(shortcut, y));
    }

    private static Conv2D convolution(int filters, int size, int strides) {
        return Conv2D.of(filters, size)
                .strides(strides)
                .padding("same")
                .kernelInitializer("he_normal")
                .kernelRegularizer(PENALTY);
    }

    private static KerasTensor normalized(KerasTensor x) {
        return BatchNormalization.of().on(x);
    }

    private static KerasTensor relu(KerasTensor x) {
        return ActivationLayer.of("relu").on(x);
    }
}
