package org.lockstep.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static final List<Kind> ALL = List.of(Kind.values());

    private static Set<Kind> kinds(List<Fault> faults) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        faults.forEach(fault -> kinds.add(fault.kind()));
        return kinds;
    }

    @Test
    void plan_followsFromTheSeedAlone() {
        assertThat(Fault.plan(50, 3, ALL)).isEqualTo(Fault.plan(50, 3, ALL)).hasSize(50);
        assertThat(Fault.plan(50, 3, ALL)).isNotEqualTo(Fault.plan(50, 4, ALL));
    }

    @Test
    void plan_threeFaults_oneOfEachKind() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(kinds(Fault.plan(3, seed, ALL))).hasSize(3);
        }
        assertThat(kinds(Fault.plan(7, 1, List.of(Kind.STOP)))).containsExactly(Kind.STOP);
    }

    @Test
    void plan_cutsEndAndKillsDoNot_stopsDoOrDoNot() {
        List<Fault> faults = Fault.plan(120, 1, ALL);
        assertThat(faults).filteredOn(fault -> fault.kind() == Kind.CUT).allMatch(fault -> fault.seconds() > 0);
        assertThat(faults).filteredOn(fault -> fault.kind() == Kind.KILL).allMatch(fault -> fault.seconds() == 0);
        assertThat(faults)
                .filteredOn(fault -> fault.kind() == Kind.STOP)
                .anyMatch(fault -> fault.seconds() == 0)
                .anyMatch(fault -> fault.seconds() > 0);
    }
}
