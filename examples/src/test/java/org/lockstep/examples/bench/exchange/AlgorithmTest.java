package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.examples.bench.exchange.Algorithm.Network;

class AlgorithmTest {

    private static final double GRADIENT = 5e6;

    @Test
    void direct_and_ring_sendTheSameBytesInOtherRounds() {
        assertThat(Algorithm.DIRECT.bytes(4, GRADIENT)).isEqualTo(7.5e6);
        assertThat(Algorithm.RING.bytes(4, GRADIENT)).isEqualTo(7.5e6);
        assertThat(Algorithm.DIRECT.rounds(4)).isEqualTo(2);
        assertThat(Algorithm.RING.rounds(4)).isEqualTo(6);
        assertThat(Algorithm.DIRECT.messages(4)).isEqualTo(6);
    }

    /** 64 workers in 8 groups of 8: 2 x (7 + 7) messages; of P, 7/8 within a group and 7/64 between groups, twice. */
    @Test
    void hierarchical_sendsFewMessagesAndHardlyMoreBytes() {
        assertThat(Algorithm.HIERARCHICAL.messages(64)).isEqualTo(28);
        assertThat(Algorithm.HIERARCHICAL.bytes(64, 64)).isEqualTo(2 * (56 + 7));
        assertThat(Algorithm.DIRECT.messages(64)).isEqualTo(126);
        assertThat(Algorithm.DIRECT.bytes(64, 64)).isEqualTo(2 * 63);
    }

    /** What any all-reduce must send, 2 (W - 1) / W of the gradient, is what these do. */
    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128, 256, 512, 1024})
    void all_sendNoLessThanTheLeast(int workers) {
        double least = 2 * GRADIENT * (workers - 1) / workers;
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(algorithm.bytes(workers, GRADIENT)).isCloseTo(least, within(1e-6 * least));
        }
    }

    @Test
    void seconds_addDelayMessagesLinkAndSums() {
        CostModel measured = new CostModel(1e-6, 1e10, 1);
        Network network = new Network(8, 1e-4);

        assertThat(Algorithm.DIRECT.seconds(4, GRADIENT, network, measured))
                .isCloseTo(2e-4 + 6e-6 + 7.5e-3 + 3.75e-4, within(1e-12));
    }

    @Test
    void canonical_isAllButTheRing() {
        assertThat(Algorithm.DIRECT.isCanonical()).isTrue();
        assertThat(Algorithm.HIERARCHICAL.isCanonical()).isTrue();
        assertThat(Algorithm.RING.isCanonical()).isFalse();
    }
}
