package org.lockstep.executor.queue;

import org.lockstep.data.Batch;

/** {@code workers=0}: each batch is made by the thread that takes it, when it is taken. */
final class CallerLine implements Line {

    private final Calls calls;
    private final Route route;
    private boolean begun;
    private boolean failed;

    CallerLine(Calls calls, Route route) {
        this.calls = calls;
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
    public int ready() {
        return 0;
    }

    @Override
    public void leave() {}

    @Override
    public void stop() {}
}
