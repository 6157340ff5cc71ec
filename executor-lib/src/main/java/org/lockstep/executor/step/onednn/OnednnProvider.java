package org.lockstep.executor.step.onednn;

import java.util.concurrent.atomic.AtomicBoolean;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.NetworkProvider;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.model.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks made of cached oneDNN primitives. */
public final class OnednnProvider implements NetworkProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OnednnProvider.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    @Override
    public ClusterConf.Engine engine() {
        return ClusterConf.Engine.ONEDNN;
    }

    @Override
    public Network create(Model model, CompileConf compile, int threads) {
        Natives.load();
        if (isBeyondThisCpu(model) && TOLD.compareAndSet(false, true)) {
            LOG.warn(
                    "This CPU has no bfloat16 instructions ({}): layers of dtype policy `mixed_bfloat16` compute in "
                            + "float32 here, no faster than under `float32`, and to other bits than CPUs that have them",
                    Natives.instructionSet());
        }
        return new OnednnNetwork(model, compile, threads);
    }

    private static boolean isBeyondThisCpu(Model model) {
        return !Natives.knows(Numbers.BFLOAT16)
                && model.layers().stream().anyMatch(layer -> layer.conf().dtype() == DTypePolicy.MIXED_BFLOAT16);
    }

    @Override
    public String describe() {
        return Natives.describe();
    }
}
