package org.lockstep.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.data.BadDataException;
import org.lockstep.data.BadRecordLimit;
import org.lockstep.data.BadRecordRule;
import org.lockstep.data.BadRecords;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Window;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.report.QueueReport;

class CountingLauncherTest {

    private static final SegmentListener NOBODY = (report, state) -> true;

    private final TrainState state =
            TrainState.initial(Sequential.of(Input.of(2), Dense.of(1)), Optimizer.of("sgd"), 0);
    private final Segment segment = new Segment(Window.of(0, 1), 0, 1);
    private final BadRecords skipped =
            new BadRecords(new BadRecordLimit("the data", 100, new BadRecordRule(OnBadRecord.SKIP, 0.03)));

    /** Two executors, each of which has met some bad records, but too few to give up. */
    private Launcher launcher(List<String> ofOne, List<String> ofTheOther) {
        return new Launcher() {
            @Override
            public SegmentOutcome run(Segment given, TrainState before, SegmentListener listener) {
                return new SegmentOutcome(
                        before, 1, Reason.DONE, null, List.of(), List.of(report(0, ofOne), report(1, ofTheOther)));
            }

            @Override
            public void close() {}
        };
    }

    private static QueueReport report(int shard, List<String> skipped) {
        return new QueueReport(shard, 1, 0, 0, 0, 0, 0, skipped);
    }

    private void run(List<String> ofOne, List<String> ofTheOther) {
        try (Launcher launcher = new CountingLauncher(launcher(ofOne, ofTheOther), skipped)) {
            assertThat(launcher.run(segment, state, NOBODY).state()).isSameAs(state);
        }
    }

    @Test
    void run_executorsLeaveRecordsOut_countsEachOnce() {
        run(List.of("a", "b"), List.of("b", "c"));
        run(List.of("c"), List.of());
        assertThat(skipped.skipped().count()).isEqualTo(3);
        assertThat(skipped.skipped().first()).containsExactly("a", "b", "c");
    }

    @Test
    void run_togetherMoreThanTheShare_fails() {
        assertThatThrownBy(() -> run(List.of("a", "b"), List.of("c", "d")))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot go on with the data: of its 100 records, 4 were found to be bad, more than"
                        + " `max_bad_share`=0.03 allows. One of them: c");
    }
}
