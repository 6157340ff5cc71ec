package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lockstep.report.Recovery;

class RecoveriesTest {

    @Test
    void twoFailuresBeforeTheNextStep_areBothCompleteThen() {
        Recoveries recoveries = new Recoveries();
        recoveries.failed(0, 9, 4, "a");
        recoveries.failed(0, 9, 4, "b");
        assertThat(recoveries.all()).isEmpty();
        recoveries.stepEnded();
        recoveries.stepEnded();
        assertThat(recoveries.all()).extracting(Recovery::cause).containsExactly("a", "b");
        assertThat(recoveries.all()).extracting(Recovery::lostSteps).containsExactly(5, 5);
        assertThat(recoveries.all()).allMatch(recovery -> recovery.seconds() > 0);
    }
}
