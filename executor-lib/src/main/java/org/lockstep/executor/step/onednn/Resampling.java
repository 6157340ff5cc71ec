package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.resampling_backward;
import org.bytedeco.dnnl.resampling_forward;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The primitives of an image enlarged by linear interpolation, whose pixels lie at the same places as Keras's.
 *
 * <p>They are described by oneDNN's C functions, as its Java binding lacks the constructors.
 */
record Resampling(Device device, Image input, Image output) {

    private static final FloatPointer FACTORS_OF_THE_SIZES = new FloatPointer();

    /** One of oneDNN's C functions, which returns a status of 0 and leaves the description in a place. */
    private interface Creator {
        int create(PointerPointer<dnnl_primitive_desc> place);
    }

    Call forward(prop_kind kind, Slot x, Slot y) {
        var description = description(kind);
        return device.call(
                new resampling_forward(description),
                description,
                Argument.source(device.view(input.desc(), x)),
                Argument.target(device.view(output.desc(), y)));
    }

    /** Gradient of the input, overwritten, from the output's. */
    Call backward(Slot outputGradient, Slot inputGradient) {
        var hint = description(prop_kind.forward_training);
        var description = described(
                new resampling_backward.primitive_desc(),
                place -> dnnl.dnnl_resampling_backward_primitive_desc_create(
                        place,
                        device.cpu().get(),
                        algorithm.resampling_linear.value,
                        FACTORS_OF_THE_SIZES,
                        input.desc().get(),
                        output.desc().get(),
                        hint.get(),
                        device.attributes().get()));
        return device.call(
                new resampling_backward(description),
                description,
                Argument.targetGradient(device.view(output.desc(), outputGradient)),
                Argument.sourceGradient(device.view(input.desc(), inputGradient)));
    }

    private resampling_forward.primitive_desc description(prop_kind kind) {
        return described(
                new resampling_forward.primitive_desc(),
                place -> dnnl.dnnl_resampling_forward_primitive_desc_create(
                        place,
                        device.cpu().get(),
                        kind.value,
                        algorithm.resampling_linear.value,
                        FACTORS_OF_THE_SIZES,
                        input.desc().get(),
                        output.desc().get(),
                        device.attributes().get()));
    }

    private <D extends primitive_desc_base> D described(D description, Creator creator) {
        try (PointerPointer<dnnl_primitive_desc> place = new PointerPointer<>(1)) {
            int status = creator.create(place);
            if (status != dnnl.dnnl_success) {
                throw new IllegalStateException(
                        "oneDNN cannot enlarge %s to %s: status %d".formatted(input, output, status));
            }
            description.reset(place.get(dnnl_primitive_desc.class));
        }
        return description;
    }
}
