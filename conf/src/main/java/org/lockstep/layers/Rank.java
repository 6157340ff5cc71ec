package org.lockstep.layers;

/** Keras's check of an input's rank. */
final class Rank {

    private Rank() {}

    static void require(String layer, Shape input, int rank) {
        if (input.rank() != rank) {
            throw new IllegalArgumentException(("Input 0 of layer \"%s\" is incompatible with the layer: "
                            + "expected ndim=%d, found ndim=%d. Full shape received: %s")
                    .formatted(layer, rank, input.rank(), input));
        }
    }

    static void requireAtLeast(String layer, Shape input, int rank) {
        if (input.rank() < rank) {
            throw new IllegalArgumentException(("Input 0 of layer \"%s\" is incompatible with the layer: "
                            + "expected min_ndim=%d, found ndim=%d. Full shape received: %s")
                    .formatted(layer, rank, input.rank(), input));
        }
    }
}
