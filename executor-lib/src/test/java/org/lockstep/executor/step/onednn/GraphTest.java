package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.Average;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.LeakyReLU;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Maximum;
import org.lockstep.layers.Minimum;
import org.lockstep.layers.Multiply;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.ReLU;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Reshape;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.Subtract;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.ZeroPadding2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Graphs against an interpreter in double, and its differences. */
class GraphTest {

    private static final int SAMPLES = 3;
    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");

    private static Conv2D conv(int filters, int size) {
        return Conv2D.of(filters, size).padding("same").dataFormat("channels_last");
    }

    private static KerasTensor relu(KerasTensor x) {
        return ActivationLayer.of("relu").on(x);
    }

    /** Two convolutions with normalization beside a projection, then a block without one, then both joined. */
    static Model residual() {
        Input image = Input.of(6, 6, 2);
        KerasTensor x = relu(BatchNormalization.of().on(conv(4, 3).on(image)));
        KerasTensor y = relu(BatchNormalization.of().on(conv(6, 3).strides(2).on(x)));
        y = BatchNormalization.of().on(conv(6, 3).on(y));
        KerasTensor first = relu(Add.of().on(conv(6, 1).strides(2).on(x), y));
        KerasTensor second =
                relu(Add.of().on(first, BatchNormalization.of().on(conv(6, 3).on(first))));
        KerasTensor joined = Concatenate.of().on(first, second);
        return Model.of(image, Dense.of(4).on(GlobalAveragePooling2D.of().on(joined)))
                .name("residual");
    }

    private static Model merges() {
        Input input = Input.of(4, 2);
        KerasTensor a = Dense.of(3).on(input);
        KerasTensor b = ActivationLayer.of("tanh").on(Dense.of(3).on(input));
        KerasTensor c = LeakyReLU.of().on(Dense.of(3).on(input));
        KerasTensor pairs = Concatenate.of(1)
                .on(List.of(Subtract.of().on(a, b), Maximum.of().on(a, b, c)));
        KerasTensor more =
                Concatenate.of(1).on(Minimum.of().on(c, a), Multiply.of().on(a, b, c));
        KerasTensor all = Average.of().on(pairs, more, pairs);
        return Model.of(input, Add.of().on(List.of(Dense.of(2).on(all)))).name("merges");
    }

    /** Layers called twice and three times, and one tensor read often. */
    private static Model shared() {
        Input image = Input.of(4, 4, 2);
        Conv2D twice = conv(2, 3);
        KerasTensor x = ReLU.of().on(twice.on(image));
        KerasTensor y = twice.on(x);
        Dense thrice = Dense.of(3);
        KerasTensor z = thrice.on(thrice.on(Dense.of(3).on(averaged(y))));
        KerasTensor often = Add.of().on(Collections.nCopies(20, z));
        return Model.of(image, Add.of().on(z, often, thrice.on(z))).name("shared");
    }

    /** Sums of what a product makes and of what is there already, in either order, an image and its projection among them. */
    static Model additions() {
        Input image = Input.of(5, 4, 2);
        KerasTensor x = relu(Add.of().on(conv(2, 3).on(image), image));
        KerasTensor y = relu(Add.of().on(x, conv(2, 3).on(x)));
        KerasTensor z = Add.of().on(conv(2, 1).on(y), conv(2, 1).on(x));
        KerasTensor scaled = BatchNormalization.of().on(Add.of().on(conv(2, 3).on(z), y));
        KerasTensor flat = averaged(scaled);
        return Model.of(image, Add.of().on(flat, Dense.of(2).on(flat))).name("additions");
    }

    private static KerasTensor averaged(KerasTensor image) {
        return GlobalAveragePooling2D.of().dataFormat("channels_last").on(image);
    }

    /** Images in blocks of 16 channels, where oneDNN likes them so, but for the first; of one block and of more. */
    static Model blocks() {
        Input image = Input.of(6, 5, 3);
        KerasTensor x = relu(BatchNormalization.of()
                .on(conv(16, 3).on(Rescaling.of(0.5, -0.25).on(image))));
        x = relu(conv(16, 3).on(x));
        x = relu(DepthwiseConv2D.of(3)
                .padding("same")
                .dataFormat("channels_last")
                .on(x));
        KerasTensor padded = ZeroPadding2D.of(1).dataFormat("channels_last").on(x);
        KerasTensor y =
                relu(Conv2D.of(32, 3).strides(2).dataFormat("channels_last").on(padded));
        y = BatchNormalization.of().on(conv(32, 3).on(y));
        KerasTensor sum = relu(Add.of().on(conv(32, 1).strides(2).on(x), y));
        KerasTensor twice = Add.of().on(sum, conv(32, 3).on(sum));
        return Model.of(image, Dense.of(4).on(averaged(twice))).name("blocks");
    }

    /** Layers between convolutions that fill blocks, and channels that do not beside them. */
    static Model framesInBlocks(String format) {
        boolean last = format.equals("channels_last");
        int channels = last ? 3 : 1;
        Input image = last ? Input.of(6, 5, 3) : Input.of(3, 6, 5);
        KerasTensor x = tanh(16, 1, format, Rescaling.of(0.5, -0.25).on(image));
        KerasTensor small = tanh(32, 2, format, x);
        KerasTensor large = UpSampling2D.of(2, 2).dataFormat(format).on(small);
        KerasTensor cropped = Cropping2D.of(0, 0, 1, 0).dataFormat(format).on(large);
        KerasTensor y = tanh(16, 1, format, Concatenate.of(channels).on(x, cropped));
        KerasTensor product = Multiply.of().on(y, x);
        KerasTensor mean = Average.of().on(y, Rescaling.of(2.0).on(x), product);
        KerasTensor range = Subtract.of().on(Maximum.of().on(x, y), Minimum.of().on(x, y));
        KerasTensor rows = Concatenate.of(last ? 1 : 2).on(mean, range);
        KerasTensor wide = UpSampling2D.of(1, 2).dataFormat(format).on(image);
        KerasTensor narrow = Cropping2D.of(0, 0, 2, 3).dataFormat(format).on(wide);
        KerasTensor uneven = UpSampling2D.of(2, 1)
                .dataFormat(format)
                .on(Concatenate.of(channels).on(narrow, x));
        KerasTensor all = Concatenate.of()
                .on(
                        GlobalAveragePooling2D.of().dataFormat(format).on(rows),
                        GlobalMaxPooling2D.of().dataFormat(format).on(uneven));
        return Model.of(image, Dense.of(3).on(all)).name("frames in blocks, " + format);
    }

    private static KerasTensor tanh(int filters, int strides, String format, KerasTensor x) {
        return ActivationLayer.of("tanh")
                .on(Conv2D.of(filters, 3)
                        .strides(strides)
                        .padding("same")
                        .dataFormat(format)
                        .on(x));
    }

    private static Model frames(String format) {
        int[] sample = format.equals("channels_last") ? new int[] {5, 4, 3} : new int[] {3, 5, 4};
        int axis = format.equals("channels_last") ? 3 : 1;
        Input image = Input.of(sample);
        KerasTensor x = DepthwiseConv2D.of(3)
                .depthMultiplier(2)
                .padding("same")
                .dataFormat(format)
                .on(Rescaling.of(0.5, -0.25).on(image));
        KerasTensor padded = ZeroPadding2D.of(1, 2, 0, 1).dataFormat(format).on(x);
        KerasTensor large = UpSampling2D.of(2, 1).dataFormat(format).on(padded);
        KerasTensor cropped = Cropping2D.of(11, 0, 0, 1).dataFormat(format).on(large);
        KerasTensor again = Cropping2D.of(3, 8, 1, 0).dataFormat(format).on(large);
        KerasTensor joined = Concatenate.of(axis).on(cropped, again, cropped);
        KerasTensor strided = DepthwiseConv2D.of(3, 2)
                .strides(2)
                .padding("same")
                .useBias(false)
                .dataFormat(format)
                .on(joined);
        KerasTensor largest = GlobalMaxPooling2D.of().dataFormat(format).on(strided);
        KerasTensor mean = GlobalAveragePooling2D.of().dataFormat(format).on(joined);
        KerasTensor flat = Reshape.of(2, -1).on(Add.of().on(largest, mean));
        return Model.of(image, Dense.of(2).on(flat)).name("frames, " + format);
    }

    /** Layers of several kernels, of kernels turned round, and of learned slopes, one of each called twice. */
    static Model decoder(String format) {
        boolean last = format.equals("channels_last");
        Input image = last ? Input.of(5, 4, 3) : Input.of(3, 5, 4);
        int[] pixels = last ? new int[] {1, 2} : new int[] {2, 3};
        SeparableConv2D separable =
                SeparableConv2D.of(3, 3, 2).depthMultiplier(2).padding("same").dataFormat(format);
        KerasTensor padded = ZeroPadding2D.of(1, 0, 0, 2).dataFormat(format).on(image);
        KerasTensor small =
                SeparableConv2D.of(4, 3).strides(2).dataFormat(format).on(separable.on(separable.on(padded)));
        KerasTensor slopes = PReLU.of().on(small);
        Conv2DTranspose large = Conv2DTranspose.of(4, 3).strides(2).dataFormat(format);
        KerasTensor x = PReLU.of().sharedAxes(pixels).on(large.padding("same").on(slopes));
        Conv2DTranspose twice = Conv2DTranspose.of(4, 2, 3).padding("same").dataFormat(format);
        x = twice.on(twice.on(x));
        KerasTensor dilated =
                Conv2DTranspose.of(2, 2).dilationRate(3, 1).dataFormat(format).on(x);
        // Kernels smaller than the strides, and more rows than they reach.
        KerasTensor holes = Conv2DTranspose.of(2, 1, 2)
                .strides(3, 2)
                .useBias(false)
                .dataFormat(format)
                .on(slopes);
        KerasTensor rows = Conv2DTranspose.of(2, 4, 5)
                .strides(3, 2)
                .padding("same")
                .outputPadding(2, 0)
                .dataFormat(format)
                .on(slopes);
        KerasTensor more = large.strides(4).outputPadding(3, 1).on(slopes);
        KerasTensor smooth = UpSampling2D.of(3, 2)
                .interpolation("bilinear")
                .dataFormat(format)
                .on(slopes);
        KerasTensor narrow =
                large.strides(4).padding("same").on(PReLU.of().sharedAxes(1).on(slopes));
        return Model.of(
                        image,
                        Concatenate.of()
                                .on(List.of(
                                        averaged(format, dilated),
                                        averaged(format, holes),
                                        averaged(format, rows),
                                        averaged(format, more),
                                        averaged(format, smooth),
                                        averaged(format, narrow))))
                .name("decoder, " + format);
    }

    /** The same kinds of layers where channels fill blocks. */
    static Model decoderInBlocks(String format) {
        boolean last = format.equals("channels_last");
        Input image = last ? Input.of(4, 2, 3) : Input.of(3, 4, 2);
        int[] pixels = last ? new int[] {1, 2} : new int[] {2, 3};
        KerasTensor first = tanh(16, 1, format, image);
        KerasTensor small = SeparableConv2D.of(32, 3)
                .strides(2)
                .padding("same")
                .dataFormat(format)
                .on(first);
        KerasTensor slopes = PReLU.of().sharedAxes(pixels).on(PReLU.of().on(small));
        KerasTensor large = Conv2DTranspose.of(16, 3)
                .strides(2)
                .padding("same")
                .dataFormat(format)
                .on(slopes);
        KerasTensor smooth =
                UpSampling2D.of(2).interpolation("bilinear").dataFormat(format).on(small);
        KerasTensor joined = Concatenate.of(last ? 3 : 1)
                .on(List.of(first, ActivationLayer.of("tanh").on(large), smooth));
        KerasTensor holes = Conv2DTranspose.of(16, 1)
                .strides(2)
                .useBias(false)
                .dataFormat(format)
                .on(joined);
        return Model.of(image, Dense.of(3).on(averaged(format, holes))).name("decoder in blocks, " + format);
    }

    /** Its means and its largest numbers, bent so that all pixels count. */
    private static KerasTensor averaged(String format, KerasTensor image) {
        KerasTensor bent = ActivationLayer.of("tanh").on(image);
        KerasTensor mean = GlobalAveragePooling2D.of().dataFormat(format).on(bent);
        return Add.of().on(mean, GlobalMaxPooling2D.of().dataFormat(format).on(bent));
    }

    static Stream<Model> models() {
        return Stream.of(
                decoder("channels_last"),
                decoder("channels_first"),
                decoderInBlocks("channels_last"),
                decoderInBlocks("channels_first"),
                residual(),
                merges(),
                shared(),
                additions(),
                blocks(),
                framesInBlocks("channels_last"),
                framesInBlocks("channels_first"),
                frames("channels_last"),
                frames("channels_first"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void pullback_ofGraph_isTheInterpretersValueAndDifference(Model model) {
        int[] shape = model.inputShape().with(0, SAMPLES).dimensions();
        int[] outputShape = model.outputShape().with(0, SAMPLES).dimensions();
        Tensor x = Tensor.of(shape, Bench.normal(5, size(shape), 1));
        Tensor slopes = Tensor.of(outputShape, Bench.normal(6, size(outputShape), 1));
        double[] input = doubles(x.values());
        double[] weights = doubles(Bench.normal(3, model.layout().length(), 0.5));
        Interpreter interpreter = new Interpreter(model, weights, true);
        try (Bench bench = new Bench(model).randomWeights(3, 0.5)) {
            Network.Pullback pullback = bench.pullback(x, slopes);

            double[] output = interpreter.output(input, SAMPLES);
            for (int i = 0; i < output.length; i++) {
                assertNear("output[" + i + "]", pullback.output().values()[i], output[i]);
            }
            DoubleSupplier loss = () -> {
                double[] y = interpreter.output(input, SAMPLES);
                double sum = 0;
                for (int i = 0; i < y.length; i++) {
                    sum += y[i] * slopes.values()[i];
                }
                return sum;
            };
            assertSlopes("x", pullback.inputGradient().values(), input, input.length, loss);
            assertSlopes("weights", bench.gradient(), weights, model.layout().trainableLength(), loss);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void predict_ofGraph_isTheInterpretersValue(Model model) {
        int[] shape = model.inputShape().with(0, SAMPLES).dimensions();
        Tensor x = Tensor.of(shape, Bench.normal(5, size(shape), 1));
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            float[] weights = new float[model.layout().length()];
            bench.weights().get(0, weights);

            double[] output = new Interpreter(model, doubles(weights), false).output(doubles(x.values()), SAMPLES);

            float[] actual = bench.predict(x).values();
            for (int i = 0; i < output.length; i++) {
                assertNear("output[" + i + "]", actual[i], output[i]);
            }
        }
    }

    /** Each against the central difference of the loss. */
    private static void assertSlopes(String what, float[] actual, double[] at, int length, DoubleSupplier loss) {
        for (int i : new Random(8).ints(120, 0, length).toArray()) {
            double kept = at[i];
            at[i] = kept + 1e-6;
            double above = loss.getAsDouble();
            at[i] = kept - 1e-6;
            double difference = (above - loss.getAsDouble()) / 2e-6;
            at[i] = kept;
            assertThat((double) actual[i])
                    .as("%s[%d]", what, i)
                    .isCloseTo(difference, within(2e-4 * (1 + Math.abs(difference))));
        }
    }

    /** Ties, and inputs whose gradients nobody wants, which the differences say nothing of. */
    @Test
    void merges_ofEqualNumbers_giveTheGradientToTheFirst() {
        Input input = Input.of(6);
        KerasTensor same = Rescaling.of(1).on(input);
        for (KerasTensor merged :
                List.of(Maximum.of().on(input, same, input), Minimum.of().on(List.of(input, same)))) {
            Model model = Model.of(input, merged);
            Tensor x = Tensor.of(new int[] {1, 6}, -2, -1, 0, 1, 2, 3);
            try (Bench bench = new Bench(model)) {
                Network.Pullback pullback = bench.pullback(x, Tensor.of(new int[] {1, 6}, 1, 2, 3, 4, 5, 6));
                assertThat(pullback.output()).isEqualTo(x);
                assertThat(pullback.inputGradient().values()).containsExactly(1, 2, 3, 4, 5, 6);
            }
        }
    }

    @Test
    void merges_ofConstantsAndTrained_trainTheLatter() {
        Input input = Input.of(5);
        Dense dense = Dense.of(5).useBias(false).kernelInitializer("identity");
        KerasTensor trained = dense.on(input);
        Model product = Model.of(input, Multiply.of().on(input, trained, input));
        Model largest = Model.of(input, Maximum.of().on(input, Rescaling.of(0.5).on(trained)));
        Tensor x = Tensor.of(new int[] {1, 5}, -2, -1, 1, 2, 3);
        assertThat(trained(product, x)).containsExactly(-8, -1, 1, 8, 27);
        assertThat(trained(largest, x)).containsExactly(-1, -0.5f, 0, 0, 0);
    }

    /** The diagonal of the kernel's gradient, where the input's gradient is not asked for. */
    private static float[] trained(Model model, Tensor x) {
        CompileConf squares = CompileConf.of("sgd", "mse");
        float[] diagonal = new float[5];
        try (Bench bench = new Bench(model, squares)) {
            for (int i = 0; i < 5; i++) {
                bench.weights().put(6 * i, 1);
            }
            float[] y = bench.predict(x).values();
            float[] wanted = new float[5];
            for (int i = 0; i < 5; i++) {
                // The mean of squares has the slope 1 in each number of the output.
                wanted[i] = y[i] - 2.5f;
            }
            bench.train(new Batch(x, Tensor.of(new int[] {1, 5}, wanted)));
            for (int i = 0; i < 5; i++) {
                diagonal[i] = bench.gradient()[6 * i];
            }
        }
        return diagonal;
    }

    @Test
    void train_ofChain_hasTheBitsOfTheStack() {
        Conv2D conv = conv(3, 3).activation("relu");
        Dense dense = Dense.of(4).activation("softmax");
        Input image = Input.of(6, 6, 2);
        KerasTensor x = MaxPooling2D.of().on(conv.on(image));
        Model chain = Model.of(image, dense.on(Dropout.of(0.5).on(Flatten.of().on(x))));
        Model stack = Sequential.of(image, conv, MaxPooling2D.of(), Flatten.of(), Dropout.of(0.5), dense);

        assertThat(trained(chain)).isEqualTo(trained(stack));
    }

    @Test
    void train_ofGraph_hasTheSameBitsAgainAndAfterOtherBatches() {
        assertThat(trained(residual())).isEqualTo(trained(residual()));
        Model model = residual();
        try (Bench bench = new Bench(model, CLASSES).randomWeights(3, 0.5)) {
            bench.train(batch(model, 5));
            float[] first = bench.gradient();
            bench.train(batch(model, 2));
            bench.evaluate(batch(model, 4));
            bench.train(batch(model, 5));

            assertThat(bench.gradient()).isEqualTo(first);
        }
    }

    private static float[] trained(Model model) {
        try (Bench bench = new Bench(model, CLASSES).randomWeights(3, 0.5)) {
            bench.train(batch(model, 5));
            return bench.gradient();
        }
    }

    private static Batch batch(Model model, int samples) {
        int[] shape = model.inputShape().with(0, samples).dimensions();
        float[] labels = new float[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % 3;
        }
        return new Batch(Tensor.of(shape, Bench.normal(5, size(shape), 1)), Tensor.of(new int[] {samples}, labels));
    }

    @Test
    void create_ofGraphWithDl4j_isNotSupported() {
        assertThatThrownBy(() -> Networks.create(ClusterConf.Engine.DL4J, residual(), CLASSES, 1))
                .isInstanceOf(NotSupportedException.class)
                .hasMessage("Cannot compute model \"residual\" with DL4J: only Sequential models are supported");
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static double[] doubles(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }
}
