package org.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueueReportTest {

    private static final QueueReport NOTHING = new QueueReport(2, 0, 0, 0, 0, 40, 5, List.of());

    @Test
    void plus_ofTwoEpochs_addsAndKeepsExtremes() {
        QueueReport first = new QueueReport(2, 10, 100, 35, 3, 400, 50, List.of("a"));
        QueueReport second = new QueueReport(2, 5, 20, 10, 1, 300, 30, List.of("b"));
        assertThat(first.plus(second)).isEqualTo(new QueueReport(2, 15, 120, 45, 1, 400, 80, List.of("a", "b")));
        assertThat(first.plus(second).meanReady()).isEqualTo(3);
    }

    @Test
    void plus_ofAnEpochWithoutBatches_keepsTheOthersFewest() {
        QueueReport some = new QueueReport(2, 10, 100, 35, 3, 400, 50, List.of());
        assertThat(NOTHING.plus(some).minReady()).isEqualTo(3);
        assertThat(some.plus(NOTHING).minReady()).isEqualTo(3);
        assertThat(NOTHING.meanReady()).isZero();
    }
}
