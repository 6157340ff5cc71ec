package org.lockstep.conf.json;

import java.util.function.Supplier;
import org.lockstep.keras.NotSupportedException;

/** Puts the place in a document before the message of an error that arose there. */
final class Place {

    private Place() {}

    static <T> T in(String place, Supplier<T> work) {
        try {
            return work.get();
        } catch (NotSupportedException e) {
            NotSupportedException placed = new NotSupportedException(place + ": " + e.getMessage());
            placed.initCause(e);
            throw placed;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(place + ": Cannot build: its numbers are too large", e);
        }
    }
}
