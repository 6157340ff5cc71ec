package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmTest {

    private static final double NUMBERS = 1.25e6;

    @Test
    void direct_and_ring_sendTheSameBytesInOtherRounds() {
        Load direct = Algorithm.DIRECT.load(4, NUMBERS);
        Load ring = Algorithm.RING.load(4, NUMBERS);

        assertThat(direct.bytes()).isEqualTo(7.5e6);
        assertThat(ring.bytes()).isEqualTo(7.5e6);
        assertThat(direct.rounds()).isEqualTo(3);
        assertThat(ring.rounds()).isEqualTo(6);
        assertThat(direct.messages()).isEqualTo(9);
    }

    /** 64 workers in 8 groups of 8: 3 x (7 + 7) messages; of P, 7/8 within a group and 7/64 between groups, twice. */
    @Test
    void hierarchical_sendsFewMessagesAndHardlyMoreBytes() {
        Load hierarchical = Algorithm.HIERARCHICAL.load(64, 64);
        Load direct = Algorithm.DIRECT.load(64, 64);

        assertThat(hierarchical.messages()).isEqualTo(42);
        assertThat(hierarchical.bytes()).isEqualTo(4 * 2 * (56 + 7));
        assertThat(direct.messages()).isEqualTo(189);
        assertThat(direct.bytes()).isEqualTo(4 * 2 * 63);
    }

    /** What any all-reduce must send, 2 (W - 1) / W of the gradient, is what these do. */
    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128, 256, 512, 1024})
    void all_sendNoLessThanTheLeast(int workers) {
        double least = 4 * 2 * NUMBERS * (workers - 1) / workers;
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(algorithm.load(workers, NUMBERS).bytes()).isCloseTo(least, within(1e-6 * least));
        }
    }

    /** A number is added by its owner W - 1 times and updated by two operations: 5 times 1,000 numbers, for a fourth of them. */
    @Test
    void operations_areAdditionsAndTheUpdateOfTheOwnSlice() {
        assertThat(Algorithm.DIRECT.load(4, 1000).operations()).isEqualTo(1250);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void alone_nothingIsSent(Algorithm algorithm) {
        assertThat(algorithm.load(1, 1000)).isEqualTo(new Load(0, 0, 0, 2000));
    }

    @Test
    void seconds_addDelayLinkAndWhatTheProcessorDoes() {
        CostModel measured = new CostModel(1e-6, 1e-10, 1e-9, List.of());
        Link link = new Link(8, 1e-4);

        assertThat(Algorithm.DIRECT.seconds(4, NUMBERS, link, measured))
                .isCloseTo(3e-4 + 7.5e-3 + 9e-6 + 7.5e-4 + 1.25e-9 * NUMBERS, within(1e-12));
    }

    @Test
    void canonical_isAllButTheRing() {
        assertThat(Algorithm.DIRECT.isCanonical()).isTrue();
        assertThat(Algorithm.HIERARCHICAL.isCanonical()).isTrue();
        assertThat(Algorithm.RING.isCanonical()).isFalse();
    }
}
