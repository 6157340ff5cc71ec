package org.lockstep.conf.json;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.ZeroPadding2D;

/** Layers on images from Keras's constructor arguments. */
final class ImageLayers {

    private ImageLayers() {}

    /** Adds what makes each class, by Keras's names. */
    static void addTo(Map<String, Function<Arguments, Layer>> makers) {
        makers.put("MaxPooling2D", ImageLayers::maxPooling);
        makers.put("MaxPool2D", ImageLayers::maxPooling);
        makers.put("AveragePooling2D", ImageLayers::averagePooling);
        makers.put("AvgPool2D", ImageLayers::averagePooling);
        makers.put("GlobalAveragePooling2D", ImageLayers::globalAveragePooling);
        makers.put("GlobalAvgPool2D", ImageLayers::globalAveragePooling);
        makers.put("GlobalMaxPooling2D", ImageLayers::globalMaxPooling);
        makers.put("GlobalMaxPool2D", ImageLayers::globalMaxPooling);
        Convolutions.addTo(makers);
        makers.put("SpatialDropout2D", ImageLayers::spatialDropout);
        makers.put("ZeroPadding2D", ImageLayers::zeroPadding);
        makers.put("Cropping2D", ImageLayers::cropping);
        makers.put("UpSampling2D", ImageLayers::upSampling);
    }

    private static Layer spatialDropout(Arguments a) {
        SpatialDropout2D layer = SpatialDropout2D.of(a.required("rate", Value::number));
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, SpatialDropout2D::dataFormat);
        return a.setUnlessNull(layer, "seed", Value::wide, SpatialDropout2D::seed);
    }

    private static Layer maxPooling(Arguments a) {
        MaxPooling2D layer =
                a.has("pool_size") ? MaxPooling2D.of(a.required("pool_size", Value::pair)) : MaxPooling2D.of();
        layer = a.setUnlessNull(layer, "strides", Value::pair, MaxPooling2D::strides);
        layer = a.set(layer, "padding", Layers::padding, MaxPooling2D::padding);
        return a.setUnlessNull(layer, "data_format", Layers::dataFormat, MaxPooling2D::dataFormat);
    }

    private static Layer averagePooling(Arguments a) {
        AveragePooling2D layer =
                a.has("pool_size") ? AveragePooling2D.of(a.required("pool_size", Value::pair)) : AveragePooling2D.of();
        layer = a.setUnlessNull(layer, "strides", Value::pair, AveragePooling2D::strides);
        layer = a.set(layer, "padding", Layers::padding, AveragePooling2D::padding);
        return a.setUnlessNull(layer, "data_format", Layers::dataFormat, AveragePooling2D::dataFormat);
    }

    private static Layer globalAveragePooling(Arguments a) {
        GlobalAveragePooling2D layer = GlobalAveragePooling2D.of();
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, GlobalAveragePooling2D::dataFormat);
        return a.set(layer, "keepdims", Value::flag, GlobalAveragePooling2D::keepdims);
    }

    private static Layer globalMaxPooling(Arguments a) {
        GlobalMaxPooling2D layer = GlobalMaxPooling2D.of();
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, GlobalMaxPooling2D::dataFormat);
        return a.set(layer, "keepdims", Value::flag, GlobalMaxPooling2D::keepdims);
    }

    private static Layer zeroPadding(Arguments a) {
        ZeroPadding2D layer =
                a.has("padding") ? ZeroPadding2D.of(a.required("padding", ImageLayers::margins)) : ZeroPadding2D.of();
        return a.setUnlessNull(layer, "data_format", Layers::dataFormat, ZeroPadding2D::dataFormat);
    }

    private static Layer cropping(Arguments a) {
        Cropping2D layer =
                a.has("cropping") ? Cropping2D.of(a.required("cropping", ImageLayers::margins)) : Cropping2D.of();
        return a.setUnlessNull(layer, "data_format", Layers::dataFormat, Cropping2D::dataFormat);
    }

    private static Layer upSampling(Arguments a) {
        UpSampling2D layer = a.has("size") ? UpSampling2D.of(a.required("size", Value::pair)) : UpSampling2D.of();
        layer = a.set(layer, "interpolation", Value::text, UpSampling2D::interpolation);
        return a.setUnlessNull(layer, "data_format", Layers::dataFormat, UpSampling2D::dataFormat);
    }

    /** One integer, or for height and width one or two each; as one number or four. */
    private static int[] margins(String name, @Nullable Object value) {
        if (value instanceof Integer all) {
            return new int[] {all};
        }
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException(("`%s` should be either an int, a tuple of 2 ints "
                            + "(symmetric_height_crop, symmetric_width_crop), or a tuple of 2 tuples of 2 ints "
                            + "((top_crop, bottom_crop), (left_crop, right_crop)). Received: %s=%s.")
                    .formatted(name, name, Plain.str(value)));
        }
        if (list.size() != 2) {
            throw new IllegalArgumentException(
                    "`%s` should have two elements. Received: %s=%s.".formatted(name, name, Plain.str(value)));
        }
        int[] height = Value.pair("1st entry of " + name, list.get(0));
        int[] width = Value.pair("2nd entry of " + name, list.get(1));
        return new int[] {height[0], height[height.length - 1], width[0], width[width.length - 1]};
    }
}
