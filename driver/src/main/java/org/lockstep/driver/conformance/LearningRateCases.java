package org.lockstep.driver.conformance;

import org.lockstep.conf.json.KerasArguments;
import org.lockstep.optimizers.schedules.LearningRateSchedule;

/** Learning-rate schedules, by steps. */
final class LearningRateCases {

    private LearningRateCases() {}

    static void run(Case given, Check check) {
        String className = given.config().text("class_name");
        LearningRateSchedule schedule =
                KerasArguments.schedule(Named.of(className, given.config().without("class_name")));
        Numbers steps = given.inputs().numbers("steps");
        double[] rates = new double[steps.values().length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = schedule.rate((long) steps.values()[i]);
        }
        check.numbers("lr", new Numbers(steps.shape(), rates));
    }
}
