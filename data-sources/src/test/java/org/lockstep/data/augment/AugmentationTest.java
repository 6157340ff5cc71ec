package org.lockstep.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.data.array.ArraySource;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

class AugmentationTest {

    private static final int SAMPLES = 60;
    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final int CHANNELS = 2;

    /** Sample n has the values 3 n + 1, 3 n + 2 and so on, none of them 0. */
    private final IndexedSource bytes = source(true);

    private static IndexedSource source(boolean asBytes) {
        int[] shape = {SAMPLES, HEIGHT, WIDTH, CHANNELS};
        byte[] values = new byte[SAMPLES * HEIGHT * WIDTH * CHANNELS];
        float[] labels = new float[SAMPLES];
        for (int i = 0; i < values.length; i++) {
            int sample = i / 24;
            labels[sample] = sample;
            values[i] = (byte) (3 * sample + i % 24 + 1);
        }
        Tensor x = Tensor.ofBytes(shape, values, 0.5f);
        return ArraySource.of(asBytes ? x : Tensor.of(shape, x.values()), Tensor.of(new int[] {SAMPLES}, labels));
    }

    @Test
    void flip_turnsHalfOfTheImagesWhole() {
        for (RandomFlip.Mode mode : RandomFlip.Mode.values()) {
            Tensor x = epoch(bytes.augment(new RandomFlip(mode)), 1, 0);
            int turned = 0;
            for (int i = 0; i < SAMPLES; i++) {
                boolean flipped = sample(x, i)[0] != sample(i)[0];
                turned += flipped ? 1 : 0;
                boolean sideways = flipped && mode != RandomFlip.Mode.VERTICAL;
                boolean over = flipped && mode != RandomFlip.Mode.HORIZONTAL;
                for (int place = 0; place < 24; place++) {
                    int channel = place % 2;
                    int column = place / 2 % WIDTH;
                    int line = place / 8;
                    int from = ((over ? 2 - line : line) * WIDTH + (sideways ? 3 - column : column)) * 2 + channel;
                    assertThat(sample(x, i)[place]).isEqualTo(sample(i)[from]);
                }
            }
            assertThat(turned).as("%s", mode).isBetween(18, 42);
        }
    }

    @Test
    void flip_drawsFromTheStreamOfSeedEpochAndSample() {
        Tensor x = epoch(bytes.skip(5).augment(RandomFlip.horizontal()), 1, 2);
        for (int i = 5; i < SAMPLES; i++) {
            float drawn = CounterRandom.of(9, Purpose.AUGMENTATION, 2, 0, i).nextFloat();
            assertThat(sample(x, i - 5)[0] != sample(i)[0]).isEqualTo(drawn <= 0.5f);
        }
    }

    @Test
    void crop_shiftsByUpToThePaddingAndFillsWithZeros() {
        Tensor x = epoch(bytes.augment(RandomCrop.padded(1)), 1, 0);
        TreeSet<String> shifts = new TreeSet<>();
        for (int i = 0; i < SAMPLES; i++) {
            List<String> fitting = new ArrayList<>();
            for (int down = -1; down <= 1; down++) {
                for (int right = -1; right <= 1; right++) {
                    if (isShifted(sample(i), sample(x, i), down, right)) {
                        fitting.add(down + " " + right);
                    }
                }
            }
            assertThat(fitting).as("sample %d", i).hasSize(1);
            shifts.addAll(fitting);
        }
        assertThat(shifts).hasSize(9);
    }

    private static boolean isShifted(float[] from, float[] to, int down, int right) {
        for (int place = 0; place < 24; place++) {
            int line = place / 8 - down;
            int column = place / 2 % WIDTH - right;
            boolean inside = line >= 0 && line < HEIGHT && column >= 0 && column < WIDTH;
            if (to[place] != (inside ? from[(line * WIDTH + column) * 2 + place % 2] : 0)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void padding_maySurpassTheImage() {
        Tensor x = epoch(bytes.augment(RandomCrop.padded(40)), 1, 0);
        assertThat(x.rows(0, 1).values()).containsOnly(0);
    }

    @Test
    void anyShardsAndFloats_giveTheSame() {
        IndexedSource augmented = bytes.augment(RandomFlip.horizontal()).augment(RandomCrop.padded(2));
        Tensor expected = epoch(augmented, 1, 3);
        assertThat(epoch(augmented, 4, 3)).isEqualTo(expected);
        assertThat(epoch(bytes.augment(RandomFlip.horizontal(), RandomCrop.padded(2)), 2, 3))
                .isEqualTo(expected);
        assertThat(epoch(source(false).augment(RandomFlip.horizontal(), RandomCrop.padded(2)), 3, 3))
                .isEqualTo(expected);
        assertThat(epoch(augmented.take(30), 2, 3)).isEqualTo(expected.rows(0, 30));
        assertThat(epoch(augmented, 1, 4)).isNotEqualTo(expected);
        assertThat(epoch(augmented, 1, 3).isBytes()).isTrue();
    }

    @Test
    void whatIsNoImage_isRefused() {
        IndexedSource flat = ArraySource.of(Tensor.zeros(64, 3), Tensor.zeros(64));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epoch(flat.augment(RandomCrop.padded(1)), 1, 0))
                .withMessage("Invalid augmentation: samples must be images (height, width, channels)."
                        + " Received a batch of shape [64, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFlip.of("diagonal"))
                .withMessage("Invalid `flip`: must be \"horizontal\", \"vertical\" or \"horizontal_and_vertical\"."
                        + " Received: \"diagonal\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomCrop.padded(0))
                .withMessage("Invalid `crop_padding`: must be in [1, 65536]. Received: 0");
    }

    private float[] sample(int number) {
        return sample(((ArraySource) bytes).x(), number);
    }

    private static float[] sample(Tensor x, int row) {
        return x.rows(row, row + 1).values();
    }

    /** All samples of an epoch in the order of the source, whatever shard gives them. */
    private static Tensor epoch(IndexedSource source, int shards, int epoch) {
        int samples = (int) source.samples();
        int size = source.sampleShape().length == 3 ? 24 : 3;
        byte[] bytes = new byte[samples * size];
        float[] floats = new float[samples * size];
        boolean isBytes = false;
        int first = Integer.MAX_VALUE;
        List<Batch> batches = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            Feed feed = source.shard(shard, shards).open(new BatchOrder(64, 9, true));
            Batch batch = feed.get(Window.of(epoch, 1), 0);
            batches.add(batch);
            for (float label : batch.y().values()) {
                first = Math.min(first, (int) label);
            }
        }
        for (Batch batch : batches) {
            isBytes = batch.x().isBytes();
            for (int i = 0; i < batch.size(); i++) {
                int to = ((int) batch.y().values()[i] - first) * size;
                System.arraycopy(batch.x().values(), i * size, floats, to, size);
                if (isBytes) {
                    System.arraycopy(batch.x().bytes(), i * size, bytes, to, size);
                }
            }
        }
        int[] shape = {samples, HEIGHT, WIDTH, CHANNELS};
        return isBytes ? Tensor.ofBytes(shape, bytes, 0.5f) : Tensor.of(shape, floats);
    }
}
