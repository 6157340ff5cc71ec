package org.lockstep.driver;

import java.util.UUID;
import org.lockstep.conf.FitConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Feed;
import org.lockstep.data.TrainingData;
import org.lockstep.driver.plan.Version;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.report.StepProfile;

/** Times of a model's layers, measured in this JVM. */
final class LayerProfile {

    private static final int STEPS = 21;

    private LayerProfile() {}

    /** Medians over a few steps on the first shard's first batch. */
    static StepProfile of(SparkModel model, TrainingData data, FitConf fit) {
        data.prepare();
        RunOrder order = model.plan("profile")
                .evaluation(UUID.randomUUID().toString(), fit.validationBatchSize(null), Version.KERAS3, data, 1);
        Batch batch;
        try (Feed feed = order.shards().get(0).open(order.batches())) {
            feed.onEpochBegin(0);
            batch = feed.get(order.windows().get(0), 0);
        }
        try (Network network = Networks.create(order.engine(), order.model(), order.compile(), order.threads())) {
            return network.profile(batch, model.state(fit.seed()).weights(), STEPS);
        }
    }
}
