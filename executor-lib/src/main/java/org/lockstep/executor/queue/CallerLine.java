package org.lockstep.executor.queue;

import org.lockstep.data.Batch;
import org.lockstep.data.Feed;

/** {@code workers=0}: each batch is made by the thread that takes it, when it is taken. */
final class CallerLine implements Line {

    private final Calls calls;
    private final Route route;
    private boolean begun;
    private boolean failed;

    CallerLine(Feed feed, int shard, Route route) {
        this.calls = new Calls(feed, shard);
        this.route = route;
    }

    @Override
    public boolean isAt(Route.Place place) {
        return !failed && place.equals(route.place());
    }

    @Override
    public Batch take() {
        Route.Place place = route.place();
        if (place == null) {
            throw new IllegalStateException("Cannot go on: all windows are through");
        }
        failed = true;
        if (!begun) {
            calls.begin(place.window());
            begun = true;
        }
        Batch batch = calls.get(place);
        route.step();
        if (route.isWindowDone()) {
            calls.end(place.window());
            route.turn();
            begun = false;
        }
        failed = false;
        return batch;
    }

    @Override
    public void leave() {}

    @Override
    public void stop() {}
}
