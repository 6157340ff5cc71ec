package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

class MeterTest {

    private static final Sequential SMALL = Sequential.of(Input.of(3), Dense.of(4));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void run_ofEveryTransport_exchangesEveryStep(int workers) {
        for (Transport transport : Transport.ALL) {
            try (Meter meter = new Meter(transport, "small", SMALL, workers)) {
                meter.run(3, true);
                meter.run(3, false);
                meter.run(2, false);

                Measurement measurement = meter.measurement();

                assertThat(measurement.seconds()).hasSize(2).allMatch(seconds -> seconds > 0);
                assertThat(measurement.parameters()).isEqualTo(16);
                assertThat(measurement.workers()).isEqualTo(workers);
            }
        }
    }

    /** W - 1 others' gradients of a W-th of the weights. */
    @Test
    void memory_readsTheOthersPartsOfItsSlice() {
        Transport memory = new MemoryTransport();

        assertThat(memory.bytesPerWorker(1000, 4)).isEqualTo(3000);
        assertThat(memory.bytesPerWorker(1000, 1)).isZero();
        assertThat(memory.rounds(1)).isZero();
        assertThat(memory.rounds(4)).isEqualTo(3);
    }
}
