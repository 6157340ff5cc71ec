package org.lockstep.executor.step.dl4j;

import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.NetworkProvider;
import org.lockstep.model.Model;

/** Deeplearning4j networks. */
public final class Dl4jProvider implements NetworkProvider {

    @Override
    public ClusterConf.Engine engine() {
        return ClusterConf.Engine.DL4J;
    }

    @Override
    public Network create(Model model, CompileConf compile, int threads) {
        return Dl4jNetwork.create(model, compile, threads);
    }

    @Override
    public String describe() {
        return Dl4jNetwork.describe();
    }
}
