package org.lockstep.data.synthetic;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/** Writes synthetic digits as IDX files, to look at them and to try models on them: {@code FOLDER COUNT SEED}. */
final class DigitFiles {

    private DigitFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Samples digits = SyntheticDigits.of(count, Long.parseLong(arguments[2])).openSamples();
        Tensor x = digits.emptyX(1);
        Tensor y = digits.emptyY(1);
        long start = System.nanoTime();
        try (DataOutputStream images = output(folder.resolve("images.idx"));
                DataOutputStream labels = output(folder.resolve("labels.idx"))) {
            images.writeInt(0x803);
            images.writeInt(count);
            images.writeInt(28);
            images.writeInt(28);
            labels.writeInt(0x801);
            labels.writeInt(count);
            for (int i = 0; i < count; i++) {
                digits.copy(i, x, y, 0);
                images.write(x.bytes());
                labels.writeByte((int) y.values()[0]);
            }
        }
        System.out.printf("%.0f digits/s, files included%n", count * 1e9 / (System.nanoTime() - start));
        Samples fresh = SyntheticDigits.of(count + 1L, 7).openSamples();
        start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            fresh.copy(i, x, y, 0);
        }
        System.out.printf("%.0f digits/s%n", count * 1e9 / (System.nanoTime() - start));
    }

    private static DataOutputStream output(Path file) throws IOException {
        return new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(file)));
    }
}
