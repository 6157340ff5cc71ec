package org.lockstep.examples.bench.side;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work that all sides of a comparison do: synchronous steps of SGD of one network on the same images.
 *
 * @param batch images of a step, all workers together
 * @param steps of a round
 * @param threads processors that each side may use
 * @param folder images to read in place of those in memory, a folder of class folders or a zip of it; null for none
 * @param inputWorkers threads of each shard that make batches ahead
 */
public record Workload(
        BenchModel model,
        int batch,
        int steps,
        int threads,
        @Nullable String folder,
        int inputWorkers) implements Serializable {

    public static final double LEARNING_RATE = 0.05;
    public static final long SEED = 1;

    public Workload {
        if (batch < 1 || steps < 1 || threads < 1 || inputWorkers < 0) {
            throw new IllegalArgumentException(
                    "Invalid workload: batch, steps and threads must be positive, workers not negative. Received: %d, %d, %d, %d"
                            .formatted(batch, steps, threads, inputWorkers));
        }
    }

    /** Work on images in memory. */
    public Workload(BenchModel model, int batch, int steps, int threads) {
        this(model, batch, steps, threads, null, 1);
    }

    /** The images of a round. */
    public int images() {
        return Math.multiplyExact(steps, batch);
    }

    /** The same with half the batch, which must be even. */
    public Workload half() {
        return new Workload(model, batch / 2, steps, threads, folder, inputWorkers);
    }

    /** Words that {@link #parse} reads. */
    public List<String> words() {
        List<String> numbers = List.of(
                model.name(),
                Integer.toString(batch),
                Integer.toString(steps),
                Integer.toString(threads),
                Integer.toString(inputWorkers));
        return folder == null
                ? numbers
                : List.of(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4), folder);
    }

    /** The workload of {@link #words}. */
    public static Workload parse(List<String> words) {
        return new Workload(
                BenchModel.valueOf(words.get(0)),
                Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)),
                Integer.parseInt(words.get(3)),
                words.size() > 5 ? words.get(5) : null,
                Integer.parseInt(words.get(4)));
    }
}
