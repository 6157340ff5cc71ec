package org.lockstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.model.Functional;

class MainTest {

    private static final String JOB = """
            model:
              layers:
                - Input: {shape: [28, 28, 1]}
                - Conv2D: {filters: 4, kernel_size: 3, strides: 2, activation: relu}
                - Flatten
                - Dense: {units: 10, activation: softmax}
            compile: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy]}
            fit: {batch_size: 32, epochs: 5, verbose: 0}
            data:
              train: {digits: {samples: 128}}
              validation: {digits: {samples: 64, skip: 128}}
            cluster: {master: "local[2]", shards: 2}
            output: {model: FOLDER/digits.keras, curves: FOLDER/digits.png, report: FOLDER/report.html}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int run(String... args) {
        return Main.run(stream(out), stream(err), args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String job(String from, String to) throws IOException {
        Path file = folder.resolve("job.yaml");
        String results = folder.resolve("results").toString();
        Files.writeString(file, JOB.replace(from, to).replace("FOLDER", results));
        return file.toString();
    }

    @Test
    void train_job_printsSummaryAndSavesModelAndCurves() throws IOException {
        String job = job("local[2]", "local[2]");
        int status = run("train", job, "--set", "fit.epochs=2", "--set", "model.layers.1.Conv2D.filters=3");
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        assertThat(out())
                .contains("(None, 13, 13, 3)")
                .contains("Trained 2 epoch(s) on 128 images in ")
                .contains("Model:  " + folder.resolve("results/digits.keras"))
                .contains("Curves: " + folder.resolve("results/digits.png"));
        SavedModel saved = KerasFile.load(folder.resolve("results/digits.keras").toString());
        assertThat(saved.state().iterations()).isEqualTo(8);
        assertThat(folder.resolve("results/digits.png")).isNotEmptyFile();
        assertThat(folder.resolve("results/report.html")).content().contains("<svg", "val_accuracy");
    }

    @Test
    void train_graph_savesIt() throws IOException {
        String job = job("- Flatten", """
                - MaxPooling2D: {pool_size: 1, name: left}
                    - Conv2D: {filters: 4, kernel_size: 1, name: right}
                    - Add: {}
                      inputs: [left, right]
                    - Flatten""");
        int status = run("train", job, "--set", "fit.epochs=1", "--set", "model.layers.4.inputs=[right, left, left]");
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        SavedModel saved = KerasFile.load(folder.resolve("results/digits.keras").toString());
        assertThat(saved.model()).isInstanceOf(Functional.class);
        assertThat(saved.state().iterations()).isEqualTo(4);
    }

    @Test
    void train_outputInKerasOlderFormat_savesItAndSummaryReadsIt() throws IOException {
        int status = run("train", job("digits.keras", "digits.h5"), "--set", "fit.epochs=1");
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        String file = folder.resolve("results/digits.h5").toString();
        assertThat(KerasFile.load(file).state().iterations()).isEqualTo(4);
        assertThat(run("summary", file)).isZero();
        assertThat(out()).contains("Model:  " + file).contains("conv2d (Conv2D)");
    }

    @Test
    void train_profile_timesEachLayer() throws IOException {
        Path profiles = folder.resolve("profiles");
        assertThat(run("train", job("epochs: 5", "epochs: 1"), "--profile", profiles.toString()))
                .isZero();
        assertThat(out())
                .contains("A step of 16 images on 1 thread(s): ")
                .containsPattern("conv2d +Conv2D +\\d+\\.\\d{3} +\\d+\\.\\d{3} ")
                .contains("Profile: " + profiles.resolve("profile.csv"));
        List<String> rows = Files.readAllLines(profiles.resolve("profile.csv"));
        assertThat(rows.get(0)).startsWith("layer,type,forward_ms,backward_ms,");
        assertThat(rows.get(1)).startsWith("conv2d,Conv2D,");
        assertThat(ImageIO.read(profiles.resolve("profile.png").toFile()).getWidth())
                .isGreaterThan(300);
    }

    @Test
    void summary_ofJobAndOfModel_tellsMemoryOnDemand() throws IOException {
        String job = job("epochs: 5", "epochs: 1");
        assertThat(run("summary", job)).isZero();
        assertThat(out()).contains("Total params: ").doesNotContain("memory");
        assertThat(run("summary", job, "--memory", "--batch-size", "8")).isZero();
        assertThat(out())
                .containsPattern(" Training memory: [\\d,]+ bytes per image \\([\\d,]+ for a batch of 8\\)\n")
                .containsPattern(" Inference memory: [\\d,]+ bytes per image \\([\\d,]+ for a batch of 8\\)\n");
        assertThat(run("summary", job, "--memory", "--batch-size", "0")).isEqualTo(2);
        assertThat(err()).contains("Invalid `--batch-size`: must be positive. Received: 0");
    }

    @Test
    void train_unknownKey_oneLineWithTheNearest() throws IOException {
        assertThat(run("train", job("batch_size", "bach_size"))).isEqualTo(2);
        assertThat(err())
                .startsWith("error: ")
                .contains("bach_size", "batch_size")
                .hasLineCount(1);
    }

    @Test
    void train_modelOfAnotherImageSize_oneLine() throws IOException {
        assertThat(run("train", job("[28, 28, 1]", "[32, 32, 1]"))).isEqualTo(2);
        assertThat(err()).startsWith("error: ").hasLineCount(1);
    }

    @Test
    void train_moreShardsThanSamples_oneLine() throws IOException {
        assertThat(run("train", job("shards: 2", "shards: 129"))).isEqualTo(2);
        assertThat(err()).startsWith("error: ").contains("129").hasLineCount(1);
    }

    @Test
    void train_lossThatIsNotFinite_failsWithWhereItWas() throws IOException {
        assertThat(run("train", job("optimizer: adam", "optimizer: {sgd: {learning_rate: 1.0e30}}")))
                .isEqualTo(1);
        assertThat(err()).startsWith("error: Cannot ").hasLineCount(1);
    }

    @Test
    void train_masterThatSparkDoesNotKnow_oneLine() throws IOException {
        assertThat(run("train", job("local[2]", "local[2]"), "--master", "here"))
                .isEqualTo(2);
        assertThat(err()).startsWith("error: Invalid `master`: ").hasLineCount(1);
    }

    @Test
    void train_besideCheckpoints_refusedUnlessResumed() throws IOException {
        String checkpoints = folder.resolve("backup").toString();
        String job = job("output:", "checkpoint: {backup_dir: " + checkpoints + ", delete_checkpoint: false}\noutput:");
        assertThat(run("train", job, "--resume", "--set", "fit.epochs=1")).isZero();
        assertThat(run("train", job)).isEqualTo(2);
        assertThat(err().strip())
                .isEqualTo("error: Cannot train: there are checkpoints in " + checkpoints
                        + ". Add --resume to go on from the newest, or delete them");
        assertThat(run("train", job, "--resume", "--set", "fit.epochs=2")).isZero();
        SavedModel saved = KerasFile.load(folder.resolve("results/digits.keras").toString());
        assertThat(saved.state().iterations()).isEqualTo(8);
    }

    @Test
    void train_resumeWithoutSection_oneLine() throws IOException {
        assertThat(run("train", job("local[2]", "local[2]"), "--resume")).isEqualTo(2);
        assertThat(err().strip())
                .isEqualTo(
                        "error: Cannot resume: the job file has no section `checkpoint`, which says where checkpoints are");
    }

    @Test
    void train_noFile_oneLine() {
        assertThat(run("train", "no/such/job.yaml")).isEqualTo(2);
        assertThat(err()).startsWith("error: ").contains("no/such/job.yaml").hasLineCount(1);
    }

    @Test
    void train_settingThatIsNoSection_oneLine() throws IOException {
        assertThat(run("train", job("local[2]", "local[2]"), "--set", "fit.epochs.more=1"))
                .isEqualTo(2);
        assertThat(err().strip())
                .isEqualTo(
                        "error: Invalid `--set fit.epochs.more`: `more` is not within a section, but in the value 5");
    }

    @Test
    void conformance_passAndFail_linesCountsAndStatus() throws IOException {
        Path file = folder.resolve("cases.json");
        Files.writeString(file, """
                {"schema_version": 1, "cases": [
                  {"id": "good", "op": "activation", "config": {"name": "relu"},
                   "inputs": {"x": {"shape": [1, 2], "data": [1, -1]}},
                   "expected": {"y": {"shape": [1, 2], "data": [1, 0]}}},
                  {"id": "new", "op": "no_such_op", "config": {}, "inputs": {}, "expected": {}}]}""");
        assertThat(run("conformance", file.toString(), "--filter", "activation"))
                .isZero();
        assertThat(run("conformance", file.toString())).isEqualTo(1);
        assertThat(out())
                .containsPattern("good +abs 0.0e\\+00  rel 0.0e\\+00  pass\n")
                .containsPattern("new .* fail: not supported yet: op `no_such_op`\n")
                .containsPattern("activation +1 passed +0 failed +0 skipped\n")
                .containsPattern("all +1 passed +1 failed +0 skipped\n");
    }

    @Test
    void noCommandOrUnknownOption_usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).contains("A command is missing.", "Usage: lockstep");
        assertThat(run("train", "job.yaml", "--no-such")).isEqualTo(2);
    }

    @Test
    void help_listsCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("train", "conformance");
    }
}
