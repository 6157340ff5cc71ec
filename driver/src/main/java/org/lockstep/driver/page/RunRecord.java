package org.lockstep.driver.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.driver.predictions.Predictions;
import org.lockstep.report.EpochLogs;
import org.lockstep.report.EpochTimes;
import org.lockstep.report.QueueTimes;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.SkippedRecords;
import org.lockstep.report.WorkerReport;

/**
 * What a run's page tells.
 *
 * @param model the model's name
 * @param summary the model's layers as Keras prints them
 * @param epochs those that ran
 * @param times of the epochs; empty where nothing was measured
 * @param queues of the shards; empty where nothing was measured
 * @param workers where each one's time went; empty where nothing was measured
 * @param recoveries the failures that the run went on after
 * @param points what its recovery points cost
 * @param skipped bad records that were left out of batches
 * @param predictions on held-out samples
 * @param facts shown beside the results, such as engine, shards and seed
 * @param settings names, as the user writes them, to values; {@code workers} and {@code max_queue_size} are also named
 *     where they would help
 */
public record RunRecord(
        String model,
        String summary,
        List<EpochLogs> epochs,
        List<EpochTimes> times,
        List<QueueTimes> queues,
        List<WorkerReport> workers,
        List<Recovery> recoveries,
        RecoveryPoints points,
        SkippedRecords skipped,
        Predictions predictions,
        Map<String, String> facts,
        Map<String, String> settings) {

    public RunRecord {
        epochs = List.copyOf(epochs);
        times = List.copyOf(times);
        queues = List.copyOf(queues);
        workers = List.copyOf(workers);
        recoveries = List.copyOf(recoveries);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
