package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void parse_readsTheKernelsLists() {
        assertThat(Processors.parse("0")).containsExactly(0);
        assertThat(Processors.parse("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
    }

    @Test
    void pin_givesTheFirstProcessors() {
        Processors processors = new Processors(List.of(2, 3, 7), Path.of("/usr/bin/taskset"));

        assertThat(processors.pin(2)).containsExactly("/usr/bin/taskset", "--cpu-list", "2,3");
        assertThat(processors.pin(5)).containsExactly("/usr/bin/taskset", "--cpu-list", "2,3,7");
    }

    @Test
    void pin_withoutTaskset_doesNothingAndSaysSo() {
        Processors processors = new Processors(List.of(0, 1), null);

        assertThat(processors.pin(2)).isEmpty();
        assertThat(processors.describe()).isEqualTo("not pinned: there is no taskset on the PATH");
    }
}
