package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.Verbose;

class ProgbarLoggerTest {

    private static final Map<String, Double> LOGS = new TreeMap<>(Map.of("accuracy", 0.75, "loss", 1.2345));

    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ProgbarLogger logger(Verbose verbose, boolean isTerminal, int epochs, @Nullable Integer steps) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ProgbarLogger logger = new ProgbarLogger(out, isTerminal, clock::get);
        logger.setParams(new RunParams(verbose, epochs, steps));
        return logger;
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void epoch(ProgbarLogger logger, int epoch, double... stepSeconds) {
        logger.onEpochBegin(epoch, Map.of());
        for (int i = 0; i < stepSeconds.length; i++) {
            clock.addAndGet((long) (stepSeconds[i] * 1e9));
            logger.onTrainBatchEnd(i, LOGS);
        }
        Map<String, Double> all = new TreeMap<>(LOGS);
        all.put("f1", 0.5);
        all.put("val_loss", 5e-4);
        logger.onEpochEnd(epoch, all);
    }

    private String run(Verbose verbose, boolean isTerminal, int epochs, double... stepSeconds) {
        ProgbarLogger logger = logger(verbose, isTerminal, epochs, stepSeconds.length);
        logger.onTrainBegin(Map.of());
        epoch(logger, 0, stepSeconds);
        return printed();
    }

    @Test
    void verbose2_oneEpoch_printsOneLine() {
        assertThat(run(Verbose.LINE_PER_EPOCH, false, 1, 0.5, 0.25, 0.25))
                .isEqualTo(
                        "3/3 - 1s - 333ms/step - accuracy: 0.7500 - f1: 0.5000 - loss: 1.2345 - val_loss: 5.0000e-04\n");
    }

    @Test
    void verbose1_severalEpochs_printsHeaderAndBars() {
        String printed = run(Verbose.PROGRESS_BAR, false, 2, 1, 1);
        assertThat(printed.split("\n"))
                .containsExactly(
                        "Epoch 1/2",
                        "",
                        "\u001b[1m1/2\u001b[0m \u001b[32m━━━━━━━━━━\u001b[0m\u001b[37m━━━━━━━━━━\u001b[0m \u001b[1m1s\u001b[0m 1s/step - accuracy: 0.7500 - loss: 1.2345",
                        "\u001b[1m2/2\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m \u001b[1m0s\u001b[0m 1s/step - accuracy: 0.7500 - loss: 1.2345",
                        "\u001b[1m2/2\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m \u001b[1m2s\u001b[0m 1s/step - accuracy: 0.7500 - loss: 1.2345 - f1: 0.5000 - val_loss: 5.0000e-04");
    }

    @Test
    void verbose1_stepsFasterThanTheInterval_areNotAllPrinted() {
        String printed = run(Verbose.AUTO, true, 1, 0.001, 0.001, 0.001, 0.001);
        assertThat(printed.chars().filter(c -> c == '\r').count()).isEqualTo(2);
    }

    @Test
    void verbose1_onATerminal_wipesTheLineBefore() {
        ProgbarLogger logger = logger(Verbose.PROGRESS_BAR, true, 1, 2);
        logger.onEpochBegin(0, Map.of());
        clock.addAndGet(1_000_000_000L);
        logger.onTrainBatchEnd(0, Map.of("a", 1e-9));
        clock.addAndGet(1_000_000_000L);
        logger.onTrainBatchEnd(1, Map.of("a", 1.0));
        String[] parts = printed().split("\r");
        assertThat(parts[1]).endsWith("1s/step - a: 1.0000e-09" + "\b".repeat(51));
        assertThat(parts[2]).endsWith("1s/step - a: 1.0000    ");
    }

    @Test
    void verbose0_printsNothing() {
        assertThat(run(Verbose.SILENT, false, 2, 1, 1)).isEmpty();
    }

    @Test
    void steps_notKnown_areKnownFromTheSecondEpochOn() {
        ProgbarLogger logger = logger(Verbose.PROGRESS_BAR, false, 2, null);
        logger.onTrainBegin(Map.of());
        epoch(logger, 0, 1, 1);
        epoch(logger, 1, 1, 1);
        assertThat(printed()
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .map(line -> line.replaceAll("( - .*|\u001b\\[\\d+m|━)", "")))
                .containsExactly(
                        "Epoch 1/2",
                        "      1/Unknown 1s 1s/step",
                        "      2/Unknown 2s 1s/step",
                        "2/2  2s 1s/step",
                        "Epoch 2/2",
                        "1/2  1s 1s/step",
                        "2/2  0s 1s/step",
                        "2/2  2s 1s/step");
    }

    @Test
    void evaluation_outsideOfAFit_hasABar() {
        ProgbarLogger logger = logger(Verbose.LINE_PER_EPOCH, false, 1, 2);
        test(logger);
        assertThat(printed()).isEqualTo("2/2 - 2s - 1s/step - accuracy: 0.7500 - loss: 1.2345\n");
    }

    @Test
    void evaluation_withinAFit_isSilent() {
        ProgbarLogger logger = logger(Verbose.PROGRESS_BAR, false, 1, 2);
        logger.onTrainBegin(Map.of());
        test(logger);
        assertThat(printed()).isEmpty();
    }

    private void test(ProgbarLogger logger) {
        logger.onTestBegin(Map.of());
        for (int i = 0; i < 2; i++) {
            clock.addAndGet(1_000_000_000L);
            logger.onTestBatchEnd(i, LOGS);
        }
        logger.onTestEnd(LOGS);
    }

    @Test
    void prediction_hasABarWithoutItsOutputs() {
        ProgbarLogger logger = logger(Verbose.LINE_PER_EPOCH, false, 1, 1);
        logger.onPredictBegin(Map.of());
        clock.addAndGet(3_000_000L);
        logger.onPredictBatchEnd(0, LOGS);
        logger.onPredictEnd(Map.of());
        assertThat(printed()).isEqualTo("1/1 - 0s - 3ms/step\n");
    }
}
