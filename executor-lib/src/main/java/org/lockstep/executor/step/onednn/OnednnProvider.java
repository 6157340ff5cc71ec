package org.lockstep.executor.step.onednn;

import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.NetworkProvider;
import org.lockstep.model.Model;

/** Networks made of cached oneDNN primitives. */
public final class OnednnProvider implements NetworkProvider {

    @Override
    public ClusterConf.Engine engine() {
        return ClusterConf.Engine.ONEDNN;
    }

    @Override
    public Network create(Model model, CompileConf compile, int threads) {
        Natives.load();
        return new OnednnNetwork(model, compile, threads);
    }

    @Override
    public String describe() {
        return Natives.describe();
    }
}
