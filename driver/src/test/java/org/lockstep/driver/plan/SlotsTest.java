package org.lockstep.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void ofLocal_anyForm_countsThreadsPerTask() {
        assertThat(Slots.ofLocal("local", 1)).isEqualTo(1);
        assertThat(Slots.ofLocal("local[3]", 1)).isEqualTo(3);
        assertThat(Slots.ofLocal("local[4, 2]", 1)).isEqualTo(4);
        assertThat(Slots.ofLocal("local[5]", 2)).isEqualTo(2);
        assertThat(Slots.ofLocal("local[1]", 2)).isEqualTo(1);
        assertThat(Slots.ofLocal("local[*]", 1)).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void isLocal_onlyWhereTasksShareTheDriversJvm() {
        assertThat(Slots.isLocal("local[2]")).isTrue();
        assertThat(Slots.isLocal("local-cluster[2,1,1024]")).isFalse();
        assertThat(Slots.isLocal("spark://host:7077")).isFalse();
        assertThat(Slots.isLocal("yarn")).isFalse();
    }

    @Test
    void ofLocal_aCluster_isRefused() {
        assertThatThrownBy(() -> Slots.ofLocal("yarn", 1))
                .hasMessage("Invalid `master`: must be a local one. Received: yarn");
    }
}
