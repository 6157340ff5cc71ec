package org.lockstep.driver.predictions;

import java.util.List;

/** What came of judging a model's predictions. */
public sealed interface Predictions {

    /**
     * A classifier's predictions.
     *
     * @param confusion over all samples judged
     * @param samples at most 24 of them: mistakes first, the most confident one leading
     * @param complete whether these were all held-out samples, and not only the first
     */
    record Judged(Confusion confusion, List<Sample> samples, boolean complete) implements Predictions {
        public Judged {
            samples = List.copyOf(samples);
        }
    }

    /**
     * Nothing to judge.
     *
     * @param reason a sentence
     */
    record NotJudged(String reason) implements Predictions {}
}
