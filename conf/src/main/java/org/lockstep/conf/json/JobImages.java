package org.lockstep.conf.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CifarConf;
import org.lockstep.conf.CifarConf.Kind;
import org.lockstep.conf.ImageConf;
import org.lockstep.conf.ImageFolderConf;

/** Sources of images in a job file; where Keras has a function for one, its arguments have that function's names. */
final class JobImages {

    private JobImages() {}

    /** The arguments of {@code image_dataset_from_directory} that say what a sample is; those of fit are fit's. */
    static ImageFolderConf folder(Arguments a, @Nullable Path folder) {
        ImageFolderConf images = ImageFolderConf.of(JobData.resolved(a.required("directory", Value::text), folder));
        a.only("labels", "inferred");
        images = a.set(images, "label_mode", Value::text, ImageFolderConf::labelMode);
        a.only("class_names", (Object) null);
        images = a.set(images, "color_mode", Value::text, ImageFolderConf::colorMode);
        images = a.setUnlessNull(images, "image_size", JobImages::size, ImageFolderConf::imageSize);
        a.only("interpolation", "bilinear");
        a.only("follow_links", false);
        a.only("crop_to_aspect_ratio", false);
        a.only("pad_to_aspect_ratio", false);
        a.only("data_format", null, "channels_last");
        return images.images(images(a));
    }

    static CifarConf cifar10(Arguments a, @Nullable Path folder) {
        return cifar(Kind.CIFAR10, a, folder);
    }

    /** With {@code label_mode} as {@code cifar100.load_data} has it. */
    static CifarConf cifar100(Arguments a, @Nullable Path folder) {
        String labels = a.optional("label_mode", Value::text, "fine");
        Kind kind = switch (labels) {
            case "fine" -> Kind.CIFAR100_FINE;
            case "coarse" -> Kind.CIFAR100_COARSE;
            default ->
                throw new IllegalArgumentException(
                        "`label_mode` must be one of `\"fine\"`, `\"coarse\"`. Received: label_mode=%s."
                                .formatted(labels));
        };
        return cifar(kind, a, folder);
    }

    private static CifarConf cifar(Kind kind, Arguments a, @Nullable Path folder) {
        List<String> files = a.required("files", JobImages::files).stream()
                .map(file -> JobData.resolved(file, folder))
                .toList();
        CifarConf cifar = CifarConf.of(kind, files);
        cifar = a.set(cifar, "one_hot", Value::flag, CifarConf::oneHot);
        return cifar.images(images(a));
    }

    private static ImageConf images(Arguments a) {
        ImageConf images = ImageConf.of();
        images = a.setUnlessNull(images, "scale", Value::number, ImageConf::scale);
        images = a.setUnlessNull(images, "flip", Value::text, ImageConf::flip);
        images = a.setUnlessNull(images, "crop_padding", Value::integer, ImageConf::cropPadding);
        images = a.set(images, "on_bad_record", Value::text, ImageConf::onBadRecord);
        images = a.setUnlessNull(images, "max_bad_share", Value::number, ImageConf::maxBadShare);
        images = a.set(images, "skip", Value::wide, ImageConf::skip);
        return a.setUnlessNull(images, "take", Value::wide, ImageConf::take);
    }

    private static List<Integer> size(String name, @Nullable Object value) {
        List<Integer> size = new ArrayList<>();
        for (int dimension : Value.dimensions(name, value)) {
            size.add(dimension);
        }
        return size;
    }

    /** One file or a list of them. */
    private static List<String> files(String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(file -> Value.text(name, file)).toList();
        }
        return List.of(Value.text(name, value));
    }
}
