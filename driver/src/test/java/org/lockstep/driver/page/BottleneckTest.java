package org.lockstep.driver.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lockstep.report.EpochTimes;
import org.lockstep.report.QueueTimes;

class BottleneckTest {

    private static String words(Bottleneck bottleneck) {
        return bottleneck.sentence().replace('\u00A0', ' ');
    }

    private static List<EpochTimes> seconds(long compute, long exchange, long stall) {
        long second = 1_000_000_000L;
        long wall = (compute + exchange + stall) * second;
        return List.of(new EpochTimes(0, 10, 100, compute * second, exchange * second, stall * second, wall, 0));
    }

    @Test
    void of_slowGenerator_saysByHowMuch() {
        Bottleneck found =
                Bottleneck.of(SampleRun.SLOW_INPUT, SampleRun.QUEUES, Map.of("workers", "1", "max_queue_size", "10"));
        assertThat(found.isInput()).isTrue();
        assertThat(words(found))
                .isEqualTo("Input is the bottleneck: workers waited 38 % of the step time for batches (shard 1 longest,"
                        + " 41 %). Without this waiting, training would have taken about 1.2 s instead of 2.0 s: 1.7"
                        + " times as fast. Raise workers (now 1), or make what reads a batch cheaper; a larger"
                        + " max_queue_size (now 10) helps only where reading is uneven.");
    }

    @Test
    void of_oneSlowShardAmongMany_inputAllTheSame() {
        List<QueueTimes> queues = List.of(new QueueTimes(0, 10, 0, 30, 100), new QueueTimes(1, 10, 9, 0, 100));
        assertThat(words(Bottleneck.of(seconds(70, 20, 8), queues, Map.of())))
                .startsWith("Input is the bottleneck: workers waited 8.2 % of the step time for batches (shard 0"
                        + " longest, 30 %). Without this waiting, training would have taken about 1 min 09 s instead of"
                        + " 1 min 38 s: 1.4 times as fast. Raise workers, or");
    }

    @Test
    void of_inputQuick_namesWhatTakesLongest() {
        assertThat(words(Bottleneck.of(seconds(90, 9, 1), List.of(), Map.of())))
                .isEqualTo("Input keeps up. Workers waited 1.0 % of the step time for batches; computing took 90 %.");
        assertThat(words(Bottleneck.of(seconds(30, 65, 5), List.of(), Map.of())))
                .startsWith("The exchange is the bottleneck: it took 65 % of the step time, computing 30 %.");
        assertThat(Bottleneck.of(seconds(90, 0, 10), List.of(), Map.of()).isInput())
                .isFalse();
        assertThat(Bottleneck.of(seconds(89, 0, 11), List.of(), Map.of()).isInput())
                .isTrue();
    }
}
