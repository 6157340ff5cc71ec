package org.lockstep.conf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JPEG and PNG images in a folder for each class, or a zip file of them: Keras's {@code image_dataset_from_directory}. Null
 * leaves the source's own default.
 *
 * @param directory a path or a Hadoop URI, also of a zip file or of a folder in one
 * @param imageSize height and width; null is the size of the model's input
 * @param labelMode int, categorical or binary
 * @param colorMode rgb or grayscale
 */
public record ImageFolderConf(
        String directory,
        @Nullable List<Integer> imageSize,
        @Nullable String labelMode,
        @Nullable String colorMode,
        ImageConf images)
        implements DataConf.Source {

    public ImageFolderConf {
        DataConf.path("directory", directory);
        if (imageSize != null) {
            imageSize = List.copyOf(imageSize);
            if (imageSize.size() != 2 || imageSize.stream().anyMatch(size -> size < 1)) {
                throw new IllegalArgumentException(
                        "Invalid `image_size`: must be two positive integers, height and width. Received: "
                                + imageSize);
            }
        }
    }

    public static ImageFolderConf of(String directory) {
        return new ImageFolderConf(directory, null, null, null, ImageConf.of());
    }

    public ImageFolderConf imageSize(List<Integer> value) {
        return new ImageFolderConf(directory, value, labelMode, colorMode, images);
    }

    public ImageFolderConf labelMode(String value) {
        return new ImageFolderConf(directory, imageSize, value, colorMode, images);
    }

    public ImageFolderConf colorMode(String value) {
        return new ImageFolderConf(directory, imageSize, labelMode, value, images);
    }

    public ImageFolderConf images(ImageConf value) {
        return new ImageFolderConf(directory, imageSize, labelMode, colorMode, value);
    }
}
