package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.Verbose;

class ProgbarLoggerTest {

    private static final Map<String, Double> LOGS = new TreeMap<>(Map.of("accuracy", 0.75, "loss", 1.2345));

    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String run(Verbose verbose, boolean isTerminal, int epochs, double... stepSeconds) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ProgbarLogger logger = new ProgbarLogger(out, isTerminal, verbose, clock::get);
        logger.setParams(new RunParams(Verbose.AUTO, epochs, stepSeconds.length));
        logger.onEpochBegin(0, new LinkedHashMap<>());
        for (int i = 0; i < stepSeconds.length; i++) {
            clock.addAndGet((long) (stepSeconds[i] * 1e9));
            logger.onTrainBatchEnd(i, LOGS);
        }
        Map<String, Double> all = new TreeMap<>(LOGS);
        all.put("val_loss", 5e-4);
        logger.onEpochEnd(0, all);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void verbose2_oneEpoch_printsOneLine() {
        assertThat(run(Verbose.LINE_PER_EPOCH, false, 1, 0.5, 0.25, 0.25))
                .isEqualTo("3/3 - 1s - 250ms/step - accuracy: 0.7500 - loss: 1.2345 - val_loss: 5.0000e-04\n");
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
                        "\u001b[1m2/2\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m \u001b[1m2s\u001b[0m 1s/step - accuracy: 0.7500 - loss: 1.2345 - val_loss: 5.0000e-04");
    }

    @Test
    void verbose1_stepsFasterThanTheInterval_areNotAllPrinted() {
        String printed = run(Verbose.AUTO, true, 1, 0.001, 0.001, 0.001, 0.001);
        assertThat(printed.chars().filter(c -> c == '\r').count()).isEqualTo(2);
    }

    @Test
    void logger_thatPrintsNothing_isRefused() {
        assertThatThrownBy(() -> new ProgbarLogger(System.out, false, Verbose.SILENT, clock::get))
                .hasMessageContaining("`verbose`");
    }
}
