package org.lockstep.driver.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CifarConf;
import org.lockstep.conf.ImageConf;
import org.lockstep.conf.ImageFolderConf;
import org.lockstep.data.Augmentation;
import org.lockstep.data.BadRecordRule;
import org.lockstep.data.DataSource;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.augment.RandomCrop;
import org.lockstep.data.augment.RandomFlip;
import org.lockstep.data.cifar.CifarSource;
import org.lockstep.data.image.ColorMode;
import org.lockstep.data.image.ImageFolder;
import org.lockstep.data.image.LabelMode;
import org.lockstep.layers.Shape;

/** The sources of images that job files name. */
final class ImageSources {

    private ImageSources() {}

    static DataSource folder(ImageFolderConf conf, Shape input) {
        List<Integer> size = size(conf.imageSize(), input);
        ImageFolder folder = ImageFolder.of(conf.directory(), size.get(0), size.get(1));
        if (conf.colorMode() != null) {
            folder = folder.colorMode(ColorMode.of(conf.colorMode()));
        }
        if (conf.labelMode() != null) {
            folder = folder.labelMode(LabelMode.of(conf.labelMode()));
        }
        ImageConf images = conf.images();
        if (images.scale() != null) {
            folder = folder.scale(images.scale().floatValue());
        }
        if (images.onBadRecord() != null) {
            folder = folder.onBadRecord(OnBadRecord.of(images.onBadRecord()), share(images));
        }
        return samples(folder, conf.directory(), images);
    }

    static DataSource cifar(CifarConf conf) {
        String[] files = conf.files().toArray(new String[0]);
        CifarSource cifar = switch (conf.kind()) {
            case CIFAR10 -> CifarSource.cifar10(files);
            case CIFAR100_FINE -> CifarSource.cifar100(files);
            case CIFAR100_COARSE -> CifarSource.cifar100Coarse(files);
        };
        if (conf.oneHot()) {
            cifar = cifar.oneHot();
        }
        ImageConf images = conf.images();
        if (images.scale() != null) {
            cifar = cifar.scale(images.scale().floatValue());
        }
        if (images.onBadRecord() != null) {
            cifar = cifar.onBadRecord(OnBadRecord.of(images.onBadRecord()), share(images));
        }
        return samples(cifar, String.join(", ", conf.files()), images);
    }

    private static List<Integer> size(@Nullable List<Integer> given, Shape input) {
        if (given != null) {
            return given;
        }
        if (input.rank() != 4 || !input.isKnown(1) || !input.isKnown(2)) {
            throw new IllegalArgumentException(
                    "Invalid `image_size`: must be given, as the model's input has none. Received: None, and a model whose input is "
                            + input);
        }
        return List.of(input.dimension(1), input.dimension(2));
    }

    private static double share(ImageConf images) {
        return images.maxBadShare() == null ? BadRecordRule.DEFAULT_MAX_SHARE : images.maxBadShare();
    }

    private static DataSource samples(IndexedSource source, String name, ImageConf images) {
        List<Augmentation> steps = new ArrayList<>();
        if (images.cropPadding() != null) {
            steps.add(RandomCrop.padded(images.cropPadding()));
        }
        if (images.flip() != null) {
            steps.add(RandomFlip.of(images.flip()));
        }
        IndexedSource augmented = steps.isEmpty() ? source : source.augment(steps.toArray(new Augmentation[0]));
        return Sources.part(augmented, name, images.skip(), images.take());
    }
}
