package org.lockstep.driver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.BackupAndRestore;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.conf.CheckpointConf;
import org.lockstep.conf.DataConf;
import org.lockstep.conf.JobConf;
import org.lockstep.conf.OutputConf;
import org.lockstep.data.DataSource;
import org.lockstep.driver.SparkModel;
import org.lockstep.driver.checkpoint.Backups;
import org.lockstep.driver.curves.ProfilePicture;
import org.lockstep.layers.Shape;
import org.lockstep.report.StepProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep train}: what a job file says, with its results saved and drawn. */
@Command(name = "train", description = "Train the model of a job file, save it and draw its learning curves.")
final class Train implements Callable<Integer> {

    @Parameters(paramLabel = "JOB.yaml", description = "The job file; its keys are Keras's argument names.")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a setting of the job file: --set fit.epochs=3. Can be given again.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(
            names = "--master",
            description = "Spark's master, such as local[4]; else spark-submit's, the job file's, or local[*].")
    private @Nullable String master;

    @Option(
            names = "--resume",
            description = "Go on from the newest checkpoint in the job file's folder; begin where there is none.")
    private boolean resume;

    @Option(
            names = "--profile",
            paramLabel = "FOLDER",
            description = "After the training, time each layer of a step here; writes profile.csv and profile.png.")
    private @Nullable Path profile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        JobConf job = Settings.job(file, changes);
        SparkStart.hadoop().apply();
        Shape input = job.model().inputShape();
        DataSource data = Sources.of(job.data().train(), input);
        DataConf.Source heldOut = job.data().validation();
        DataSource validation = heldOut == null ? null : Sources.of(heldOut, input);
        checkCheckpoints(job.checkpoint());
        folders(job.output());
        folder(profile == null ? null : profile.toAbsolutePath());
        PrintWriter out = spec.commandLine().getOut();
        out.println(job.model().summary());
        out.flush();
        try (JavaSparkContext spark = SparkStart.start("lockstep train " + file.getFileName(), master, job.master())) {
            SparkModel model =
                    SparkModel.of(job.model(), spark).on(job.cluster()).compile(job.compile());
            Stopwatch watch = new Stopwatch(System::nanoTime);
            History history = fit(model, data, validation, job, watch, out);
            out.println(watch.report(data.samples()));
            save(job.output(), model, history, out);
            if (profile != null) {
                profile(profile, model.profile(data, job.fit()), out);
            }
        }
        return 0;
    }

    /** A training that was broken off is neither forgotten nor gone on with unless somebody says so. */
    private void checkCheckpoints(@Nullable CheckpointConf conf) {
        if (conf == null && resume) {
            throw new IllegalArgumentException(
                    "Cannot resume: the job file has no section `checkpoint`, which says where checkpoints are");
        }
        if (conf != null && !resume) {
            Backups backups = Backups.of(conf);
            if (!backups.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot train: there are checkpoints in %s. Add --resume to go on from the newest, or delete them"
                                .formatted(backups));
            }
        }
    }

    /** Fits; where that fails, ends the line that the progress bar stands in. */
    private static History fit(
            SparkModel model,
            DataSource data,
            @Nullable DataSource validation,
            JobConf job,
            Stopwatch watch,
            PrintWriter out) {
        try {
            return model.fit(data, job.fit(), validation, callbacks(job, watch));
        } catch (RuntimeException e) {
            out.println();
            out.flush();
            throw e;
        }
    }

    private static Callback[] callbacks(JobConf job, Stopwatch watch) {
        CheckpointConf checkpoint = job.checkpoint();
        return checkpoint == null ? new Callback[] {watch} : new Callback[] {watch, new BackupAndRestore(checkpoint)};
    }

    private static void save(OutputConf output, SparkModel model, History history, PrintWriter out) {
        if (output.model() != null) {
            model.save(output.model());
            out.println("Model:  " + output.model());
        }
        if (output.curves() != null) {
            history.plot(output.curves());
            out.println("Curves: " + output.curves());
        }
        if (output.report() != null) {
            history.report(output.report());
            out.println("Report: " + output.report());
        }
    }

    private static void profile(Path folder, StepProfile profile, PrintWriter out) {
        out.println(ProfileTable.text(profile));
        Path table = folder.resolve("profile.csv");
        try {
            Files.writeString(table, ProfileTable.csv(profile));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the profile to " + table + ": " + e.getMessage(), e);
        }
        Path picture = folder.resolve("profile.png");
        ProfilePicture.save(picture, profile);
        out.println("Profile: " + table + ", " + picture);
    }

    /** Makes the folders of results, so that a wrong one is known before the training and not after. */
    private static void folders(OutputConf output) {
        for (String path : new String[] {output.model(), output.curves(), output.report()}) {
            if (path != null && !path.contains("://")) {
                folder(Path.of(path).toAbsolutePath().getParent());
            }
        }
    }

    private static void folder(@Nullable Path folder) {
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make folder " + folder + " for results: " + e.getMessage(), e);
        }
    }
}
