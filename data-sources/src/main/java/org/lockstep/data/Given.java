package org.lockstep.data;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What user-written code gives as a batch, with its failures named by the batch's place. */
final class Given {

    private Given() {}

    /**
     * Makes a batch.
     *
     * @param place the user's name of the batch, such as "index 3"
     * @throws BadDataException if the code fails or gives none; the message begins with the place
     */
    static Batch at(String place, Supplier<@Nullable Batch> user) {
        Batch batch = call(place, user);
        if (batch == null) {
            throw new BadDataException(
                    place + ": Output of generator should be a tuple `(x, y, sample_weight)` or `(x, y)`. Found: None");
        }
        if (batch.size() == 0) {
            throw new BadDataException(place + ": Cannot use a batch that has no samples");
        }
        return batch;
    }

    /** Whether an iterator has another batch. */
    static boolean hasMore(String place, Iterator<Batch> iterator) {
        return call(place, iterator::hasNext);
    }

    private static <T extends @Nullable Object> T call(String place, Supplier<T> user) {
        try {
            return user.get();
        } catch (RuntimeException | Error e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new BadDataException(place + ": " + reason, e);
        }
    }
}
