package org.lockstep.executor.step.onednn;

import java.util.Set;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.lockstep.layers.Activating;
import org.lockstep.layers.Add;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.ZeroPadding2D;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;

/**
 * Whether a program holds images in blocks of 16 channels: where all convolutions fill blocks, oneDNN itself would take them
 * so on this processor, and no layer would have to undo it. On AVX-512 its kernels for blocks take a tenth less than those
 * for channels last.
 */
final class Blocks {

    /** Beside these only layers whose tensors are no images. */
    private static final Set<Class<? extends Layer>> READY = Set.of(
            Conv2D.class,
            BatchNormalization.class,
            Add.class,
            MaxPooling2D.class,
            AveragePooling2D.class,
            GlobalAveragePooling2D.class,
            GlobalMaxPooling2D.class,
            ZeroPadding2D.class,
            Flatten.class,
            Dense.class);

    private static final int IMAGE_RANK = 4;
    /** oneDNN's kernels for blocks begin with a plain image of at most so many channels. */
    private static final int MOST_PLAIN = 3;

    private Blocks() {}

    static boolean suit(Device device, Model model, int batch) {
        int preferred = 0;
        for (LayerCall call : model.calls()) {
            Layer layer = model.layers().get(call.layer());
            int from = call.inputs().get(0);
            Shape input = model.shapes().get(from);
            boolean isImage = input.rank() == IMAGE_RANK;
            if (Numbers.of(layer.conf().dtype()) != Numbers.FLOAT32 || (isImage && !isReady(layer))) {
                return false;
            }
            if (layer instanceof Conv2D convolution) {
                boolean isPlain = from == 0 && channels(convolution, input) <= MOST_PLAIN;
                if (!fills(convolution, input, isPlain)) {
                    return false;
                }
                if (!isPlain) {
                    preferred++;
                    if (!isPreferred(device, convolution, input, batch)) {
                        return false;
                    }
                }
            }
        }
        return preferred > 0;
    }

    private static boolean isReady(Layer layer) {
        boolean isFunction = layer instanceof Activating function && Elementwise.of(function.activation()) != null;
        return isFunction || READY.contains(layer.getClass());
    }

    private static int channels(Conv2D layer, Shape input) {
        return input.dimension(layer.window().dataFormat().channelAxis());
    }

    private static boolean fills(Conv2D layer, Shape input, boolean isPlain) {
        boolean fills = isPlain || channels(layer, input) % Image.BLOCK == 0;
        return fills && layer.filters() % Image.BLOCK == 0 && layer.groups() == 1;
    }

    /** Whether oneDNN, free to choose, takes images in blocks. */
    private static boolean isPreferred(Device device, Conv2D layer, Shape shape, int batch) {
        Layout layout = new Layout(shape.with(0, batch), false, Numbers.FLOAT32, true);
        Image input = layout.image(layer.window().dataFormat());
        Image output = layout.shape(layer.outputShape(layout.shape()))
                .image(layer.window().dataFormat());
        Geometry window = Geometry.of(layer.window(), input);
        var description = new convolution_forward.primitive_desc(
                device.cpu(),
                prop_kind.forward_training,
                algorithm.convolution_direct,
                any(input),
                Device.any(Numbers.FLOAT32, output.channels(), input.channels(), window.size()[0], window.size()[1]),
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
