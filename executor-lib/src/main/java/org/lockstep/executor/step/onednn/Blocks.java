package org.lockstep.executor.step.onednn;

import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.lockstep.activations.Activation;
import org.lockstep.layers.Activating;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Merge;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.Window;
import org.lockstep.layers.ZeroPadding2D;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;

/**
 * Whether a program holds images in blocks of 16 channels: where all convolutions fill blocks, oneDNN itself would take them
 * so on this processor, and no layer would have to undo it. On AVX-512 its kernels for blocks take a tenth less than those
 * for channels last.
 */
final class Blocks {

    /** After the first convolution there may be these, and layers whose tensors are no images. */
    private static final Set<Class<? extends Layer>> READY = Set.of(
            Conv2D.class,
            DepthwiseConv2D.class,
            BatchNormalization.class,
            MaxPooling2D.class,
            AveragePooling2D.class,
            GlobalAveragePooling2D.class,
            GlobalMaxPooling2D.class,
            ZeroPadding2D.class,
            Cropping2D.class,
            UpSampling2D.class,
            Rescaling.class,
            SeparableConv2D.class,
            Conv2DTranspose.class,
            PReLU.class,
            Flatten.class,
            Dense.class);

    private static final int IMAGE_RANK = 4;
    /** oneDNN's kernels for blocks begin with a plain image of at most so many channels. */
    private static final int MOST_PLAIN = 3;

    private Blocks() {}

    static boolean suit(Device device, Model model, int batch) {
        boolean begun = false;
        int preferred = 0;
        for (LayerCall call : model.calls()) {
            Layer layer = model.layers().get(call.layer());
            Shape input = model.shapes().get(call.inputs().get(0));
            boolean isImage = input.rank() == IMAGE_RANK;
            if (Numbers.of(layer.conf().dtype()) != Numbers.FLOAT32 || (begun && isImage && !isReady(layer))) {
                return false;
            }
            for (Windowed windowed : Windowed.of(layer, input)) {
                if (!windowed.fillsBlocks()) {
                    return false;
                }
                begun = true;
                if (!windowed.isPlain()) {
                    preferred++;
                    if (!isPreferred(device, windowed, batch)) {
                        return false;
                    }
                }
            }
        }
        return preferred > 0;
    }

    private static boolean isReady(Layer layer) {
        boolean isFunction =
                layer instanceof Activating function && ActivationLayers.isOfSingleNumbers(function.activation());
        boolean isDropout = layer instanceof Dropout dropout && dropout.noiseShape() == null;
        return isFunction || isDropout || layer instanceof Merge || READY.contains(layer.getClass());
    }

    /**
     * A convolution: of all channels, of groups of them, or of each by itself.
     *
     * @param turned whether it goes from the layer's output to its input
     */
    private record Windowed(Window window, Shape input, Shape output, int groups, boolean turned) {

        /** The convolutions that a layer is made of. */
        static List<Windowed> of(Layer layer, Shape input) {
            if (layer instanceof Conv2D convolution) {
                Shape output = convolution.activation(Activation.LINEAR).outputShape(input);
                return List.of(new Windowed(convolution.window(), input, output, convolution.groups(), false));
            }
            if (layer instanceof DepthwiseConv2D convolution) {
                Shape output = convolution.activation(Activation.LINEAR).outputShape(input);
                return List.of(each(convolution.window(), input, output));
            }
            if (layer instanceof SeparableConv2D convolution) {
                Shape deep = convolution.depthwiseShape(input);
                Shape output = convolution.activation(Activation.LINEAR).outputShape(input);
                Window pixels = Window.ofPixels(convolution.window().dataFormat());
                return List.of(each(convolution.window(), input, deep), new Windowed(pixels, deep, output, 1, false));
            }
            if (layer instanceof Conv2DTranspose convolution) {
                Shape output = convolution.activation(Activation.LINEAR).outputShape(input);
                return List.of(new Windowed(convolution.window(), output, input, 1, true));
            }
            return List.of();
        }

        private static Windowed each(Window window, Shape input, Shape output) {
            return new Windowed(window, input, output, channels(window, input), false);
        }

        Geometry geometry(Image from, Image to) {
            return turned ? Geometry.transposed(window, to, from) : Geometry.of(window, from);
        }

        private static int channels(Window window, Shape images) {
            return images.dimension(window.dataFormat().channelAxis());
        }

        int channels() {
            return channels(window, input);
        }

        int filters() {
            return channels(window, output);
        }

        /** Whether this is one with which a network begins. */
        boolean isPlain() {
            return channels() <= MOST_PLAIN && groups == 1 && !turned;
        }

        boolean fillsBlocks() {
            boolean single = groups == 1 || (groups == channels() && groups == filters());
            return single && (isPlain() || channels() % Image.BLOCK == 0) && filters() % Image.BLOCK == 0;
        }
    }

    /** Whether oneDNN, free to choose, takes images in blocks. */
    private static boolean isPreferred(Device device, Windowed layer, int batch) {
        Layout layout = new Layout(layer.input().with(0, batch), false, Numbers.FLOAT32, true);
        DataFormat format = layer.window().dataFormat();
        Image input = layout.image(format);
        Image output = layout.shape(layer.output().with(0, batch)).image(format);
        Geometry window = layer.geometry(input, output);
        var description = new convolution_forward.primitive_desc(
                device.cpu(),
                prop_kind.forward_training,
                algorithm.convolution_direct,
                any(input),
                Device.any(Numbers.FLOAT32, window.kernelDims(input.channels(), output.channels(), layer.groups())),
                new desc(),
                any(output),
                window.strides(),
                window.gaps(),
                window.before(),
                window.after(),
                device.attributes(),
                false);
        return description.src_desc().equals(input.desc())
                && description.dst_desc().equals(output.desc());
    }

    private static desc any(Image image) {
        return Device.any(image.numbers(), image.batch(), image.channels(), image.height(), image.width());
    }
}
