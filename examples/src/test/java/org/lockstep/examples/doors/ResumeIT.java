package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.driver.cli.Main;
import org.lockstep.driver.files.KerasFile;

/**
 * A training is killed with SIGKILL at a random step, is resumed, and ends with the bits of one that nobody disturbed.
 * {@code -Dlockstep.resume.tries=20} tries it twenty times.
 */
class ResumeIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int TRIES = Integer.getInteger("lockstep.resume.tries", 3);
    /** One worker, more slots than shards, and as before. */
    private static final List<String> MASTERS = List.of("local[1]", "local[3]", "local[2]");

    private static final int STEPS = 20;
    private static final int LAST_KILL = 45;
    private static final Pattern CHECKPOINT = Pattern.compile("\"name\" : \"ckpt-(\\d+)-(\\d+)(-\\d+)?\"");

    private static final String JOB = """
            model:
              layers:
                - Input: {shape: [28, 28, 1]}
                - Conv2D: {filters: 4, kernel_size: 3, strides: 2, activation: relu}
                - BatchNormalization
                - Flatten
                - Dropout: {rate: 0.25}
                - Dense: {units: 10, activation: softmax}
            compile: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy]}
            fit: {batch_size: 32, epochs: 3, seed: 3, verbose: 0}
            data:
              train: {digits: {samples: 640}}
              validation: {digits: {samples: 64, skip: 640}}
            cluster: {master: "local[2]", shards: 2}
            output: {model: FOLDER/NAME.keras}
            """;

    @TempDir
    private Path folder = Path.of("");

    private String job(String name, String more) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, JOB.replace("FOLDER", folder.toString()).replace("NAME", name) + more);
        return file.toString();
    }

    /** Of the weights and the optimizer's state. */
    private String sha256(String name) {
        return KerasFile.load(folder.resolve(name + ".keras").toString())
                .state()
                .sha256();
    }

    @Test
    void killedAndResumed_sameBits() throws Exception {
        Door whole = Door.run(DEADLINE, "train", job("whole", ""));
        assertThat(whole.exitCode()).as(whole.output()).isZero();

        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            String name = "try" + i;
            int step = 1 + random.nextInt(LAST_KILL);
            String what = "seed %d, try %d, killed after step %d".formatted(seed, i, step);
            Path backup = folder.resolve(name);
            String job = job(name, "checkpoint: {backup_dir: %s, save_freq: %d}".formatted(backup, 1 + i % 3));

            Door killed = Door.run(DEADLINE, killAfter(step, backup.resolve("manifest.json")), "train", job);
            assertThat(killed.exitCode()).as("%s: %s", what, killed.output()).isEqualTo(128 + 9);
            assertThat(folder.resolve(name + ".keras")).doesNotExist();

            Door resumed = Door.run(DEADLINE, "train", job, "--resume", "--master", MASTERS.get(i % MASTERS.size()));
            assertThat(resumed.exitCode()).as("%s: %s", what, resumed.output()).isZero();
            assertThat(resumed.output()).as(what).contains("Resuming from " + backup);
            assertThat(sha256(name)).as(what).isEqualTo(sha256("whole"));
            assertThat(backup).as(what).doesNotExist();
        }
    }

    /** The driver of two executors dies within a long epoch: no checkpoint was asked for there, and no step waited for one. */
    @Test
    void driverKilledWithinAnEpoch_goesOnFromARecoveryPoint_sameBits() throws Exception {
        Path backup = folder.resolve("points");
        String whole = longJob("undisturbed", "");
        String job = longJob("interrupted", "checkpoint: {backup_dir: %s}".formatted(backup));

        Door undisturbed = Door.run(DEADLINE, "train", whole, "--master", "local[1]");
        assertThat(undisturbed.exitCode()).as(undisturbed.output()).isZero();
        Door killed = submitted(killAfter(1, backup.resolve("recovery/manifest.json")), job);
        assertThat(killed.exitCode()).as(killed.output()).isEqualTo(128 + 9);
        Door resumed = submitted((process, printed) -> {}, job, "--resume");
        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
        assertThat(resumed.output()).contains("Resuming from " + backup + "/recovery: epoch 1, step ");
        assertThat(sha256("interrupted")).isEqualTo(sha256("undisturbed"));
        assertThat(backup).doesNotExist();
    }

    /** One epoch, of 400 steps. */
    private String longJob(String name, String more) throws IOException {
        String job = Files.readString(Path.of(job(name, more)));
        return Files.writeString(
                        folder.resolve(name + ".yaml"),
                        job.replace("epochs: 3", "epochs: 1")
                                .replace("samples: 640}", "samples: 12800}")
                                .replace("master: \"local[2]\"", "recovery_interval: 0.2"))
                .toString();
    }

    /** {@code lockstep train} on two executors. */
    private static Door submitted(Door.Meanwhile meanwhile, String... arguments) throws Exception {
        List<String> command = List.of(
                "submit",
                "--master",
                "local-cluster[2,1,1024]",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                Main.class.getName(),
                Door.assembly().toString(),
                "train");
        return Door.run(
                DEADLINE,
                meanwhile,
                Stream.concat(command.stream(), Stream.of(arguments)).toArray(String[]::new));
    }

    private static Door.Meanwhile killAfter(int step, Path manifest) {
        return (process, output) -> {
            while (keptSteps(manifest) < step) {
                if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("Cannot kill the training: it has ended\n" + Files.readString(output));
                }
            }
            process.destroyForcibly();
        };
    }

    /** Of the newest checkpoint in a manifest, which may not be there. */
    private static int keptSteps(Path manifest) throws IOException {
        int steps = 0;
        try {
            Matcher names = CHECKPOINT.matcher(Files.readString(manifest));
            while (names.find()) {
                steps = STEPS * Integer.parseInt(names.group(1)) + Integer.parseInt(names.group(2));
            }
        } catch (NoSuchFileException e) {
            return 0;
        }
        return steps;
    }
}
