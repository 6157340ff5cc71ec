package org.lockstep.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkConfTest {

    @Test
    void recoveryPeriod_isTheInterval() {
        assertThat(NetworkConf.of().recoveryPeriod()).isEqualTo(Duration.ofSeconds(60));
        assertThat(NetworkConf.of().recoveryInterval(1e-6).recoveryPeriod()).isEqualTo(Duration.ofNanos(1000));
    }

    /** As a moment that never comes, not one in the past. */
    @Test
    void recoveryPeriod_ofAnInfiniteInterval_canBeAddedToAClock() {
        Duration never =
                NetworkConf.of().recoveryInterval(Double.POSITIVE_INFINITY).recoveryPeriod();
        long now = Duration.ofDays(365 * 100).toNanos();
        assertThat(now + never.toNanos()).isGreaterThan(now);
    }
}
