package org.lockstep.executor.rendezvous;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.Meeting;
import org.lockstep.executor.exchange.Slice;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;

/**
 * What the workers of an attempt agree on beforehand.
 *
 * @param attempt its number, unique in the run
 * @param isSynchronous whether all wait for the driver after each step
 * @param patience until all must have come
 * @param kernel what this JVM computes with
 * @param before what the run has computed with so far; null where it has not
 * @param wire what gradients travel as
 */
public record Terms(
        int attempt,
        Model model,
        Optimizer optimizer,
        CanonicalTree tree,
        boolean isSynchronous,
        Duration patience,
        Kernel kernel,
        @Nullable Kernel before,
        Wire wire) {

    /** Room for the weights and for the slots of what is owned. */
    TrainState empty(Slice owned) {
        return TrainState.create(model.layout(), optimizer, owned.from(), owned.to());
    }

    Meeting meeting(Outpost post, Table table) {
        return new Meeting(
                attempt, post.endpoint(), post.arrivals(), table.addresses(), table.places(), patience, wire);
    }
}
