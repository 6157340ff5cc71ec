package org.lockstep.driver.page;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.lockstep.data.Tensor;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.driver.predictions.Sample;

/**
 * Samples' inputs as pictures, of one scale for all.
 *
 * @param black the value drawn black
 * @param white the value drawn white
 * @param note what a reader needs to know of it
 */
record Pictures(double black, double white, String note) {

    static Pictures of(List<Sample> samples) {
        if (!samples.stream().allMatch(sample -> isPicture(sample.image()))) {
            return new Pictures(0, 0, "The inputs are no images of 1 or 3 channels and are not drawn.");
        }
        DoubleSummaryStatistics range = samples.stream()
                .map(Sample::image)
                .flatMapToDouble(image -> IntStream.range(0, image.size()).mapToDouble(i -> image.values()[i]))
                .summaryStatistics();
        if (range.getMin() >= 0 && range.getMax() <= 1) {
            return new Pictures(0, 1, "Values from 0 to 1 are drawn from black to white.");
        }
        if (range.getMin() >= 0 && range.getMax() <= 255) {
            return new Pictures(0, 255, "Values from 0 to 255 are drawn from black to white.");
        }
        return new Pictures(
                range.getMin(),
                range.getMax(),
                "The inputs were rescaled: values from " + Figures.value(range.getMin()) + " to "
                        + Figures.value(range.getMax()) + " are drawn from black to white.");
    }

    /** Writes a sample's picture, or nothing where inputs are not drawn. */
    void write(Markup page, Sample sample, String description) {
        if (white > black) {
            Tensor image = sample.image();
            page.empty(
                    image.dimension(1) < 128 ? "img.pixels" : "img",
                    "alt",
                    description,
                    "src",
                    Png.dataUri(image, black, white),
                    "width",
                    String.valueOf(image.dimension(1)),
                    "height",
                    String.valueOf(image.dimension(0)));
        }
    }

    private static boolean isPicture(Tensor image) {
        return image.size() > 0
                && (image.rank() == 2 || (image.rank() == 3 && (image.dimension(2) == 1 || image.dimension(2) == 3)));
    }
}
