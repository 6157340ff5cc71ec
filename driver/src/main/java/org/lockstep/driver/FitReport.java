package org.lockstep.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.History;
import org.lockstep.conf.FitConf;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.TrainingData;
import org.lockstep.data.Window;
import org.lockstep.driver.page.RunPage;
import org.lockstep.driver.page.RunRecord;
import org.lockstep.driver.predictions.Judge;
import org.lockstep.driver.predictions.Predictions;
import org.lockstep.executor.worker.RunOrder;

/** The page on a fit, with predictions that the model makes when it is written. */
record FitReport(
        SparkModel model,
        RunOrder order,
        FitConf conf,
        History history,
        FitTimes times,
        @Nullable TrainingData held) {

    void write(Path path) {
        RunPage.write(
                path,
                new RunRecord(
                        model.model().name(),
                        model.summary(),
                        history.rows(),
                        times.epochs(),
                        times.queues(conf.input().maxQueueSize()),
                        times.workers(),
                        history.recoveries(),
                        history.recoveryPoints(),
                        history.skipped(),
                        predictions(),
                        facts(),
                        settings()));
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Engine", order.engine().name().toLowerCase(Locale.ROOT));
        facts.put("Shards", Integer.toString(order.shards().size()));
        facts.put("Master", model.spark().master());
        facts.put("Seed", Long.toString(conf.seed()));
        return facts;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("optimizer", order.compile().optimizer().className());
        settings.put("loss", order.compile().loss().name());
        settings.put("batch_size", conf.batchSize() == null ? "None" : Integer.toString(conf.batchSize()));
        settings.put("epochs", Integer.toString(conf.epochs()));
        settings.put("shuffle", Boolean.toString(conf.shuffle()));
        settings.put("workers", Integer.toString(conf.input().workers()));
        settings.put("max_queue_size", Integer.toString(conf.input().maxQueueSize()));
        settings.put("use_multiprocessing", Boolean.toString(conf.input().useMultiprocessing()));
        return settings;
    }

    private Predictions predictions() {
        if (held == null) {
            return new Predictions.NotJudged("There are no held-out samples.");
        }
        BatchOrder batches = new BatchOrder(conf.samplesPerBatch(), conf.seed(), false);
        Long known = held.batches(batches, 1);
        Integer steps = conf.validation().steps();
        long count = Math.min(known == null ? Window.UNKNOWN : known, steps == null ? Window.UNKNOWN : steps);
        if (count == Window.UNKNOWN) {
            return new Predictions.NotJudged("Nobody knows how many batches the held-out generator has.");
        }
        try (Feed feed = held.shard(0, 1).open(batches)) {
            Window window = Window.of(0, count);
            feed.onEpochBegin(0);
            List<Batch> read = new ArrayList<>();
            long samples = 0;
            for (int step = 0; step < window.updates(1) && samples <= Judge.LIMIT; step++) {
                Batch batch = feed.get(window, step);
                samples += batch.size();
                read.add(batch);
            }
            return Judge.of(order.compile().loss(), List.of(), read.iterator(), model::predict);
        }
    }
}
