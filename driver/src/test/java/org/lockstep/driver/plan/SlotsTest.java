package org.lockstep.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {

    @Test
    void coresOfLocal_anyForm_areCounted() {
        assertThat(Slots.coresOfLocal("local")).isEqualTo(1);
        assertThat(Slots.coresOfLocal("local[3]")).isEqualTo(3);
        assertThat(Slots.coresOfLocal("local[4, 2]")).isEqualTo(4);
        assertThat(Slots.coresOfLocal("local[*]"))
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 1, 1, 3", "5, 2, 1, 2", "5, 1, 2, 2", "8, 2, 3, 2", "4, 1, 4, 1", "1, 2, 1, 1"})
    void count_isCoresByThreadsOrTaskCpus(int cores, int taskCpus, int threads, int slots) {
        assertThat(new Slots("spark://host:7077", cores, taskCpus, threads).count())
                .isEqualTo(slots);
    }

    @Test
    void toString_saysTheArithmetic() {
        assertThat(new Slots("local[5]", 5, 1, 2))
                .hasToString("2 slot(s) = 5 core(s) of local[5] / max(spark.task.cpus 1, threads_per_shard 2)");
    }

    @Test
    void moreThreadsThanCores_areRefused() {
        assertThatThrownBy(() -> new Slots("local[2]", 2, 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `threads_per_shard`: must not be more than the cores of local[2], 2. Received: 3");
    }

    @Test
    void isLocal_onlyWhereTasksShareTheDriversJvm() {
        assertThat(Slots.isLocal("local[2]")).isTrue();
        assertThat(Slots.isLocal("local-cluster[2,1,1024]")).isFalse();
        assertThat(Slots.isLocal("spark://host:7077")).isFalse();
        assertThat(Slots.isLocal("yarn")).isFalse();
    }

    @Test
    void coresOfLocal_aCluster_isRefused() {
        assertThatThrownBy(() -> Slots.coresOfLocal("yarn"))
                .hasMessage("Invalid `master`: must be a local one. Received: yarn");
    }
}
