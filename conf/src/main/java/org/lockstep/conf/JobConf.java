package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lockstep.model.Model;

/**
 * All that a job file says.
 *
 * @param master Spark's master, {@code "local[2]"}; null leaves it to whoever submits the job
 * @param checkpoint null keeps none
 */
public record JobConf(
        Model model,
        CompileConf compile,
        FitConf fit,
        DataConf data,
        @Nullable String master,
        ClusterConf cluster,
        @Nullable CheckpointConf checkpoint,
        OutputConf output)
        implements Serializable {}
