package org.lockstep.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.DataSource;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;

class CifarSourceTest {

    @TempDir
    private Path folder;

    @Test
    void severalFiles_areOneAfterTheOther() throws IOException {
        String first = write("1.bin", new int[] {3}, new int[] {9});
        String second = write("2.bin", new int[] {0});
        CifarSource source = CifarSource.cifar10(first, second, first);
        assertThat(source.samples()).isEqualTo(5);
        Batch batch = all(source);
        assertThat(batch.y()).isEqualTo(Tensor.of(new int[] {5}, 3, 9, 0, 3, 9));
        assertThat(batch.x().shape()).containsExactly(5, 32, 32, 3);
        assertThat(batch.x().isBytes()).isTrue();
        int[] records = {0, 1, 0, 0, 1};
        for (int sample = 0; sample < 5; sample++) {
            for (int place = 0; place < 1024; place++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(batch.x().values()[(sample * 1024 + place) * 3 + c])
                            .isEqualTo(pixel(records[sample], c, place));
                }
            }
        }
        assertThat(all(source.skip(2)))
                .isEqualTo(new Batch(batch.x().rows(2, 5), batch.y().rows(2, 5)));
    }

    @Test
    void cifar100_hasTwoLabels() throws IOException {
        String file = write("train.bin", new int[] {19, 99}, new int[] {4, 0});
        assertThat(all(CifarSource.cifar100(file)).y()).isEqualTo(Tensor.of(new int[] {2}, 99, 0));
        Batch coarse = all(CifarSource.cifar100Coarse(file).oneHot().scale(0.5f));
        assertThat(coarse.y().shape()).containsExactly(2, 20);
        assertThat(coarse.y().values()[19]).isEqualTo(1);
        assertThat(coarse.y().values()[20 + 4]).isEqualTo(1);
        assertThat(coarse.x().values()[3073]).isEqualTo(pixel(1, 1, 0) * 0.5f);
    }

    @Test
    void partsOfRecords_areRefused() throws IOException {
        Path file = Path.of(write("1.bin", new int[] {3}, new int[] {9}));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * 3073 - 1));
        assertThatThrownBy(() -> CifarSource.cifar10(file.toString()))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + file + " at offset 3073 (record 1): the file must be whole records of 3073"
                        + " bytes, at least one. Received: 6145 bytes");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> CifarSource.cifar10(file.toString())).hasMessageEndingWith("Received: 0 bytes");
    }

    @Test
    void labelThatIsNoClass_isNamed() throws IOException {
        String file = write("1.bin", new int[] {3}, new int[] {10});
        assertThatThrownBy(() -> all(CifarSource.cifar10(file)))
                .isInstanceOf(BadDataException.class)
                .hasMessage(
                        "Cannot read " + file + " at offset 3073 (record 1): a label must be in [0, 10). Received: 10");
    }

    @Test
    void skippedRecords_areLeftOut() throws IOException {
        CifarSource source = CifarSource.cifar10(write("1.bin", new int[] {3}, new int[] {10}, new int[] {4}));
        assertThat(all(source.onBadRecord(OnBadRecord.SKIP, 0.5)).y()).isEqualTo(Tensor.of(new int[] {2}, 3, 4));
        assertThatThrownBy(() -> all(source.onBadRecord(OnBadRecord.SKIP, 0.3)))
                .hasMessageContaining("of its 3 records, 1 were found to be bad");
    }

    @Test
    void fileThatLostRecords_isRefusedWhenOpened() throws IOException {
        String file = write("1.bin", new int[] {3}, new int[] {9});
        CifarSource source = CifarSource.cifar10(file);
        write("1.bin", new int[] {3});
        assertThatThrownBy(source::openSamples)
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + file + ": it had 2 records when the run was set up. Received: 1");
    }

    @Test
    void noFile_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(CifarSource::cifar10)
                .withMessage("Invalid `files`: must name at least one file. Received: []");
    }

    private static int pixel(int record, int channel, int place) {
        return (record * 71 + channel * 89 + place) % 256;
    }

    private String write(String name, int[]... labels) throws IOException {
        int before = labels[0].length;
        byte[] content = new byte[labels.length * (before + 3072)];
        for (int record = 0; record < labels.length; record++) {
            int start = record * (before + 3072);
            for (int i = 0; i < before; i++) {
                content[start + i] = (byte) labels[record][i];
            }
            for (int i = 0; i < 3072; i++) {
                content[start + before + i] = (byte) pixel(record, i / 1024, i % 1024);
            }
        }
        return Files.write(folder.resolve(name), content).toString();
    }

    private static Batch all(DataSource source) {
        return source.shard(0, 1).open(new BatchOrder(100, 1, false)).get(Window.of(0, 1), 0);
    }
}
