package org.lockstep.examples.bench.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.image.ImageFolder;

class PipelineTest {

    @TempDir
    Path folder;

    @Test
    void generated_images_areReadAsColourImagesOfTenClasses() throws Exception {
        Path zip = folder.resolve("images.zip");
        GeneratedImages.write(zip, 20, 40, 1);

        Samples samples = ImageFolder.of(zip.toString(), 32, 32).openSamples();

        assertThat(samples.count()).isEqualTo(20);
        Tensor x = samples.emptyX(20);
        Tensor y = samples.emptyY(20);
        for (int i = 0; i < 20; i++) {
            samples.copy(i, x, y, i);
        }
        assertThat(x.shape()).containsExactly(20, 32, 32, 3);
        assertThat(y.values()).startsWith(0, 0, 1, 1).endsWith(9, 9);
        assertThat(x.rows(0, 1)).isNotEqualTo(x.rows(1, 2));
    }

    @Test
    void generated_images_areTheSameForASeed() throws Exception {
        Path one = folder.resolve("one.zip");
        Path same = folder.resolve("same.zip");
        Path other = folder.resolve("other.zip");
        GeneratedImages.write(one, 3, 16, 1);
        GeneratedImages.write(same, 3, 16, 1);
        GeneratedImages.write(other, 3, 16, 2);

        assertThat(content(one)).isEqualTo(content(same)).isNotEqualTo(content(other));
    }

    @Test
    void pipeline_withAndWithoutThreads_takesTimeForEachBatch() throws Exception {
        Path zip = folder.resolve("images.zip");
        GeneratedImages.write(zip, 24, 16, 1);

        for (int workers = 0; workers <= 2; workers++) {
            assertThat(new Pipeline(zip, 16, 12, 8, workers).secondsPerBatch()).isPositive();
        }
    }

    private static Tensor content(Path zip) {
        Samples samples = ImageFolder.of(zip.toString(), 16, 16).openSamples();
        Tensor x = samples.emptyX(3);
        Tensor y = samples.emptyY(3);
        for (int i = 0; i < 3; i++) {
            samples.copy(i, x, y, i);
        }
        return x;
    }
}
