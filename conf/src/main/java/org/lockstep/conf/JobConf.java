package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lockstep.model.Sequential;

/**
 * All that a job file says.
 *
 * @param master Spark's master, {@code "local[2]"}; null leaves it to whoever submits the job
 */
public record JobConf(
        Sequential model,
        CompileConf compile,
        FitConf fit,
        DataConf data,
        @Nullable String master,
        ClusterConf cluster,
        OutputConf output)
        implements Serializable {}
