package org.lockstep.executor.step.onednn;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/** Prints milliseconds per training step of LeNet: arguments are samples per thread, threads and steps. */
final class StepTiming {

    private StepTiming() {}

    public static void main(String[] arguments) throws InterruptedException {
        int samples = Integer.parseInt(arguments[0]);
        int workers = Integer.parseInt(arguments[1]);
        int steps = Integer.parseInt(arguments[2]);
        int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        CountDownLatch ready = new CountDownLatch(workers);
        Thread[] running = new Thread[workers];
        for (int i = 0; i < workers; i++) {
            int worker = i;
            running[i] = new Thread(() -> time(worker, samples, steps, threads, ready));
            running[i].start();
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private static void time(int worker, int samples, int steps, int threads, CountDownLatch ready) {
        Tensor x = Tensor.of(new int[] {samples, 28, 28, 1}, Bench.normal(1, samples * 784, 1));
        float[] labels = new float[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % 10;
        }
        Batch batch = new Batch(x, Tensor.of(new int[] {samples}, labels));
        CompileConf conf = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");
        try (Bench bench = new Bench(lenet(), conf, threads).randomWeights(2, 0.03)) {
            for (int i = 0; i < 10; i++) {
                bench.train(batch);
            }
            ready.countDown();
            try {
                ready.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            double[] times = new double[steps];
            for (int i = 0; i < steps; i++) {
                long start = System.nanoTime();
                bench.train(batch);
                times[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(times);
            System.out.printf(
                    "worker %d, %d samples: median %.2f ms, least %.2f ms%n",
                    worker, samples, times[steps / 2], times[0]);
        }
    }

    static Sequential lenet() {
        return Sequential.of(
                Conv2D.of(20, 5).padding("same").activation("relu").inputShape(28, 28, 1),
                MaxPooling2D.of(),
                Conv2D.of(50, 5).padding("same").activation("relu"),
                MaxPooling2D.of(),
                Flatten.of(),
                Dense.of(500).activation("relu"),
                Dense.of(10).activation("softmax"));
    }
}
