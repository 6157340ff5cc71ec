package org.lockstep.examples.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTest {

    @Test
    void parse_ofALine_isTheSameRound() {
        Round round = new Round(0.1 + 0.2, 1920, Map.of(Round.STALL, 1e-9, Round.ALLOCATED, 12_345.5));

        assertThat(Round.parse(round.line())).isEqualTo(round);
        assertThat(Round.parse(new Round(2, 64).line())).isEqualTo(new Round(2, 64));
    }

    @Test
    void round_withoutTime_isRefused() {
        assertThatThrownBy(() -> new Round(0, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid round: must take time and work on images. Received: 0.0 s, 64 images");
    }
}
