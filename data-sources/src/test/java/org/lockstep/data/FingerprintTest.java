package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.array.ArraySource;
import org.lockstep.data.augment.RandomCrop;
import org.lockstep.data.augment.RandomFlip;
import org.lockstep.data.cifar.CifarSource;
import org.lockstep.data.synthetic.SyntheticDigits;

/** Data that differ say so, also where class and length are the same; and the same data say the same again. */
class FingerprintTest {

    private static ArraySource arrays(float... x) {
        return ArraySource.of(Tensor.of(new int[] {x.length, 1}, x), Tensor.zeros(x.length));
    }

    @Test
    void arrays_otherNumbersShapesOrWeights_differ() {
        String ones = arrays(1, 2, 3, 4).fingerprint();
        assertThat(arrays(1, 2, 3, 4).fingerprint()).isEqualTo(ones);
        assertThat(arrays(1, 2, 3, 5).fingerprint()).isNotEqualTo(ones);
        Tensor x = Tensor.of(new int[] {2, 2}, 1, 2, 3, 4);
        assertThat(ArraySource.of(x, Tensor.zeros(2)).fingerprint()).isNotEqualTo(ones);
        assertThat(ArraySource.of(x, Tensor.zeros(2), Tensor.zeros(2)).fingerprint())
                .isNotEqualTo(ArraySource.of(x, Tensor.zeros(2)).fingerprint());
        Tensor bytes = Tensor.ofBytes(new int[] {1, 1}, new byte[] {1}, 1);
        Tensor scaled = Tensor.ofBytes(new int[] {1, 1}, new byte[] {1}, 0.5f);
        assertThat(ArraySource.of(bytes, Tensor.zeros(1)).fingerprint())
                .isNotEqualTo(ArraySource.of(scaled, Tensor.zeros(1)).fingerprint());
    }

    @Test
    void arrays_moreThanABlock_countToTheLast() {
        float[] many = new float[40_001];
        String zeros = arrays(many).fingerprint();
        many[40_000] = 1;
        assertThat(arrays(many).fingerprint()).isNotEqualTo(zeros);
    }

    @Test
    void rangesAndAugmentations_otherOnes_differ() {
        IndexedSource digits = SyntheticDigits.of(100, 3);
        assertThat(digits.skip(10).take(50).fingerprint())
                .isEqualTo(SyntheticDigits.of(100, 3).skip(10).take(50).fingerprint())
                .isNotEqualTo(digits.skip(20).take(50).fingerprint())
                .isNotEqualTo(SyntheticDigits.of(100, 4).skip(10).take(50).fingerprint());
        assertThat(digits.augment(RandomFlip.horizontal()).fingerprint())
                .isEqualTo(digits.augment(RandomFlip.horizontal()).fingerprint())
                .isNotEqualTo(digits.augment(RandomCrop.padded(2)).fingerprint())
                .isNotEqualTo(digits.fingerprint());
        assertThat(digits.augment((x, row, random) -> {}).fingerprint()).doesNotContain("0x");
    }

    @Test
    void files_copiedElsewhere_areTheSameAndOthersOfTheirLengthDiffer(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("train.bin"), new byte[2 * 3073]);
        Path copy =
                Files.copy(file, Files.createDirectory(folder.resolve("copy")).resolve("train.bin"));
        Path other = folder.resolve("other").resolve("train.bin");
        Files.createDirectory(other.getParent());
        byte[] records = new byte[2 * 3073];
        records[3073] = 1;
        Files.write(other, records);

        String known = CifarSource.cifar10(file.toString()).fingerprint();
        assertThat(CifarSource.cifar10(copy.toString()).fingerprint()).isEqualTo(known);
        assertThat(CifarSource.cifar10(other.toString()).fingerprint()).isNotEqualTo(known);
        assertThat(CifarSource.cifar10(file.toString()).scale(0.5f).fingerprint())
                .isNotEqualTo(known);
    }
}
