package org.lockstep.conf.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.JobConf;
import org.lockstep.conf.OutputConf;

/**
 * A training job as a YAML or JSON file whose keys are Keras's argument names.
 *
 * <p>The sections are {@code model}, {@code compile}, {@code fit}, {@code data}, {@code cluster}, {@code checkpoint} and
 * {@code output}; all but {@code model}, {@code compile} and {@code data} may be left out. A key that is not known is refused with the nearest
 * one that is; every error names its place.
 */
public final class JobFile {

    /** Bytes that a job file may have. */
    private static final long MAX_BYTES = 1 << 20;

    private JobFile() {}

    /** The job in a file; relative paths of data are relative to it. */
    public static JobConf read(Path file) {
        return Place.in(
                file.getFileName() + "",
                () -> parse(text(file), file.toAbsolutePath().getParent()));
    }

    /**
     * The job that a text describes.
     *
     * @param folder what relative paths of data are relative to; null leaves them as they are
     */
    public static JobConf parse(String text, @Nullable Path folder) {
        Object value = Json.parseYaml(text);
        Arguments job = new Arguments("the job file", Plain.object("job file", value));
        for (String section : List.of("model", "compile", "fit", "data", "cluster", "checkpoint", "output")) {
            job.has(section);
        }
        job.end();
        JobCluster cluster = section(job, "cluster", JobCluster::of);
        return new JobConf(
                job.required("model", (key, given) -> Place.in(key, () -> JobModel.read(Plain.object(key, given)))),
                required(job, "compile", JobFile::compile),
                section(job, "fit", JobFit::of),
                required(job, "data", arguments -> JobData.data(arguments, folder)),
                cluster.master(),
                cluster.cluster(),
                given(job, "checkpoint") ? required(job, "checkpoint", JobCheckpoint::of) : null,
                section(job, "output", JobFile::output));
    }

    private static String text(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "Cannot read job file: it has %d bytes, more than %d".formatted(size, MAX_BYTES));
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("Cannot read job file: there is no file " + file.toAbsolutePath(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read job file " + file, e);
        }
    }

    /** What a section of the file is made into. */
    private interface Section<T> {
        T read(Arguments arguments);
    }

    private static <T> T required(Arguments job, String name, Section<T> section) {
        return job.required(name, (key, value) -> read(key, value, section));
    }

    private static <T> T section(Arguments job, String name, Section<T> section) {
        return given(job, name) ? required(job, name, section) : read(name, Map.of(), section);
    }

    private static boolean given(Arguments job, String name) {
        return job.nullable(name, (key, value) -> true, null) != null;
    }

    private static <T> T read(String name, @Nullable Object value, Section<T> section) {
        return Place.in(name, () -> section.read(new Arguments(name, Plain.object(name, value))));
    }

    private static CompileConf compile(Arguments a) {
        return Compiled.read(a);
    }

    private static OutputConf output(Arguments a) {
        OutputConf output = OutputConf.of();
        output = a.setUnlessNull(output, "model", Value::text, OutputConf::model);
        output = a.setUnlessNull(output, "curves", Value::text, OutputConf::curves);
        output = a.setUnlessNull(output, "report", Value::text, OutputConf::report);
        a.end();
        return output;
    }
}
