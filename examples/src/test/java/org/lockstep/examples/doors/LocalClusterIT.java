package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.driver.files.KerasFile;

/** {@code bin/lockstep train} on masters that Spark starts on this machine. */
class LocalClusterIT {

    private static final Duration DEADLINE = Duration.ofMinutes(4);

    /** Layers, an optimizer and a metric that the examples do not have. */
    private static final String JOB = """
            model:
              layers:
                - Input: {shape: [28, 28, 1]}
                - SeparableConv2D: {filters: 16, kernel_size: 3, strides: 2, depth_multiplier: 2, padding: same}
                - PReLU: {shared_axes: [1, 2]}
                - SpatialDropout2D: {rate: 0.1}
                - Conv2DTranspose: {filters: 8, kernel_size: 3, strides: 2, padding: same, activation: relu}
                - MaxPooling2D: {pool_size: 4}
                - Flatten
                - PReLU
                - Dense: {units: 10, activation: softmax}
            compile:
              optimizer: {Nadam: {learning_rate: {exponential_decay: 0.002, decay_steps: 10, decay_rate: 0.9}}}
              loss: sparse_categorical_crossentropy
              metrics: [accuracy, {SparseTopKCategoricalAccuracy: {k: 2, name: top_2}}]
              weighted_metrics: [accuracy]
            fit: {batch_size: 32, epochs: 2, seed: 1, verbose: 2}
            data:
              train: {digits: {samples: 500, seed: 1}}
              validation: {digits: {samples: 100, seed: 2}}
            cluster: {shards: 4}
            output: {model: %s}
            """;

    @TempDir
    Path folder;

    private String sha256(String master) throws Exception {
        String name = master.replaceAll("\\W", "-");
        Path model = folder.resolve(name + ".keras");
        Path job = Files.writeString(folder.resolve(name + ".yaml"), JOB.formatted(model));

        Door door = Door.run(DEADLINE, "train", job.toString(), "--master", master);

        assertThat(door.exitCode()).as(door.output()).isZero();
        assertThat(door.output()).contains("val_top_2: ");
        assertThat(door.output().contains("4 shards on 2 workers on 2 executors"))
                .isEqualTo(master.startsWith("local-cluster"));
        return KerasFile.load(model.toString()).state().sha256();
    }

    @Test
    void oneThread_twoThreadsAndTwoExecutors_endWithTheSameBits() throws Exception {
        String one = sha256("local[1]");

        assertThat(sha256("local[2]")).isEqualTo(one);
        assertThat(sha256("local-cluster[2,1,1024]")).isEqualTo(one);
    }
}
