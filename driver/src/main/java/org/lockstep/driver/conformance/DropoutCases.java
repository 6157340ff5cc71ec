package org.lockstep.driver.conformance;

import java.util.Arrays;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.Layer;

/**
 * Dropout of a given mask. Masks are drawn and cannot be set, so each unit's value is taken from the first draw in which
 * the unit fares as the mask says.
 */
final class DropoutCases {

    private static final int DRAWS = 1000;

    private DropoutCases() {}

    static void run(Case given, Check check) {
        if (!given.config().flag("training", true)) {
            given.inputs().pass("keep_mask");
            Layer layer = KerasArguments.layer("Dropout", given.config().without("training"));
            LayerCases.run(layer, false, given, check);
            return;
        }
        Layer layer = KerasArguments.layer("Dropout", given.config().without("training"));
        Numbers x = given.inputs().numbers("x");
        Numbers mask = given.inputs().numbers("keep_mask");
        double[] y = new double[x.values().length];
        double[] ones = new double[y.length];
        Arrays.fill(ones, 1);
        boolean[] found = new boolean[y.length];
        int missing = y.length;
        try (OneNetwork network = OneNetwork.of(layer, x)) {
            for (int draw = 0; draw < DRAWS && missing > 0; draw++) {
                Network.Pullback pullback = network.pullback(x, new Numbers(x.shape(), ones), draw);
                for (int i = 0; i < y.length; i++) {
                    boolean kept = pullback.inputGradient().values()[i] != 0;
                    if (!found[i] && kept == (mask.values()[i] != 0)) {
                        found[i] = true;
                        y[i] = pullback.output().values()[i];
                        missing--;
                    }
                }
            }
        }
        check.that(missing == 0, missing + " units were never kept or never dropped in " + DRAWS + " draws");
        check.numbers("y", new Numbers(x.shape(), y));
    }
}
