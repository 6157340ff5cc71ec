package org.lockstep.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.data.Window;

/** Epochs as Keras 3.15 and, by its source, tf.keras 2.15 run them: batches by epoch, {@code !} where they warn. */
class ScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "KERAS3     | sequence  | 3 | - | 2 | 012 012",
                "KERAS3     | sequence  | 5 | 3 | 4 | 012 34! 012 34!",
                "KERAS3     | sequence  | 6 | 3 | 3 | 012 345 012",
                "KERAS3     | sequence  | 3 | 5 | 2 | 012! 012!",
                "KERAS3     | sequence  | 5 | 2 | 6 | 01 23 4! 01 23 4!",
                "KERAS3     | generator | 7 | 3 | 4 | 012 345 6! 01!",
                "KERAS3     | generator | 7 | - | 3 | 0123456! 01! 01!",
                "KERAS3     | generator | 6 | 3 | 4 | 012 345 ! 01!",
                "KERAS3     | generator | 4 | 2 | 4 | 01 23 ! 01",
                "KERAS3     | generator | 3 | 2 | 6 | 01 2! 01 ! 01 !",
                "KERAS3     | generator | 3 | 1 | 7 | 0 1 2 ! 0 1 !",
                "KERAS3     | generator | 1 | 2 | 3 | 0! 0! 0!",
                "KERAS3     | generator | 7 | 10 | 3 | 0123456! 01! 01!",
                "KERAS3     | sequence  | 3 | -1 | 2 | 012! 012!",
                "KERAS3     | generator | 5 | -1 | 3 | 01234! 01! 01!",
                "TFKERAS215 | sequence  | 3 | -1 | 2 | 012 012",
                "TFKERAS215 | generator | 5 | -1 | 1 | 01234",
                "TFKERAS215 | generator | 5 | -1 | 4 | 01234 !",
                "TFKERAS215 | generator | 6 | 3 | 5 | 012 345 !",
                "TFKERAS215 | sequence  | 5 | 3 | 3 | 012 012 012",
                "TFKERAS215 | sequence  | 3 | 5 | 3 | 012!",
                "TFKERAS215 | sequence  | 3 | - | 2 | 012 012",
                "TFKERAS215 | generator | 7 | 3 | 4 | 012 345 6!",
                "TFKERAS215 | generator | 9 | 3 | 2 | 012 345",
            })
    void windows_ofDataThatRunOut_areKerass(
            Version version, String kind, int length, @Nullable Integer steps, int epochs, String expected) {
        boolean isStream = kind.equals("generator");
        Schedule schedule = Schedule.of(version, isStream ? null : Long.valueOf(length), steps, 0, epochs);
        List<String> ran = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            Window window = schedule.window(epoch);
            if (window == null) {
                break;
            }
            assertThat(window.epoch()).isEqualTo(epoch);
            StringBuilder batches = new StringBuilder();
            boolean isDry = false;
            for (int step = 0; step < window.updates(1) && !isDry; step++) {
                long batch = window.batch(step, 0, 1);
                isDry = batch >= length;
                batches.append(isDry ? "" : Long.toString(batch));
            }
            boolean isWarned = isDry && !schedule.isOpenEnded(epoch);
            if (isDry) {
                schedule.ranOut(epoch);
            }
            ran.add(batches + (isWarned || schedule.isCutShort(epoch) ? "!" : ""));
        }
        assertThat(String.join(" ", ran)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "KERAS3     | 4 | 2 | 01 01 01",
                "KERAS3     | 4 | - | 0123 0123 0123",
                "KERAS3     | 4 | 9 | 0123 0123 0123",
                "KERAS3     | - | 4 | 0123 0145 0167",
                "TFKERAS215 | - | 4 | 0123 4567 891011",
                "TFKERAS215 | 4 | 2 | 01 01 01",
            })
    void validations_ofSeveralEpochs_areKerass(
            Version version, @Nullable Long length, @Nullable Integer steps, String expected) {
        Stream<String> ran = Schedule.validations(version, length, steps, 3).stream()
                .map(window -> {
                    StringBuilder batches = new StringBuilder();
                    for (int step = 0; step < window.updates(1); step++) {
                        batches.append(window.batch(step, 0, 1));
                    }
                    return batches.toString();
                });
        assertThat(String.join(" ", ran.toList())).isEqualTo(expected);
    }
}
