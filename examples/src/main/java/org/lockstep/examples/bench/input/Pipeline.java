package org.lockstep.examples.bench.input;

import java.nio.file.Path;
import java.util.List;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Shard;
import org.lockstep.data.Window;
import org.lockstep.data.augment.RandomFlip;
import org.lockstep.data.image.ImageFolder;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.queue.QueueOrder;

/**
 * One shard's input, from JPEG files in a zip file to batches: read, decode, resize, flip. Whoever takes the batches does
 * nothing with them.
 *
 * @param images square JPEG files, a whole number of batches
 * @param pixels width and height of the files' images
 * @param edge width and height of what the network takes
 * @param workers threads that make batches ahead; 0 makes them in the taking thread
 */
public record Pipeline(Path images, int pixels, int edge, int batch, int workers) {

    private static final int QUEUE = 10;
    private static final long SEED = 1;

    /** Takes all images as batches once, in a shuffled order, and returns the seconds of a batch. */
    public double secondsPerBatch() throws InterruptedException {
        IndexedSource source =
                ImageFolder.of(images.toString(), edge, edge).scale(1f / 255).augment(RandomFlip.horizontal());
        Shard shard = source.shard(0, 1);
        BatchOrder order = new BatchOrder(batch, SEED, true);
        int batches = (int) (source.samples() / batch);
        Window window = Window.of(0, batches);
        QueueOrder queueOrder =
                new QueueOrder(0, List.of(window), each -> each.updates(1), new InputConf(QUEUE, workers, false));
        try (PrefetchQueue queue = new PrefetchQueue(queueOrder, () -> shard.open(order))) {
            long start = System.nanoTime();
            for (int step = 0; step < batches; step++) {
                Batch taken = queue.take(window, step);
                if (taken.size() != batch) {
                    throw new IllegalStateException(
                            "Cannot measure the input: batch %d has %d images".formatted(step, taken.size()));
                }
            }
            return (System.nanoTime() - start) * 1e-9 / batches;
        }
    }
}
