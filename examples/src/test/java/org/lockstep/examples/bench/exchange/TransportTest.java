package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.examples.bench.exchange.Meter.Reading;
import org.lockstep.examples.bench.side.BenchModel;

class TransportTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void threads_ofEveryTransport_exchangeEveryStep(int workers) throws Exception {
        for (Transport transport : List.of(new MemoryTransport(), new SocketTransport())) {
            try (Meter meter = transport.open(BenchModel.RESNET20, workers)) {
                assertThat(meter.read(3).seconds()).isPositive();
                assertThat(meter.read(2).seconds()).isPositive();
            }
        }
    }

    /** Two JVMs, on the loopback interface, which carries what others send too: so it is hardly less than must be sent. */
    @Test
    void processes_exchangeAndCountWhatTheySend() throws Exception {
        try (Workers processes = Workers.onLoopback(2, List.of(), false)) {
            Transport transport = new ProcessTransport(Transport.PROCESSES, processes);
            int numbers = 814_122;
            for (int workers : new int[] {2, 1, 2}) {
                try (Meter meter = transport.open(BenchModel.VGG, workers)) {
                    Reading reading = meter.read(2);

                    assertThat(reading.seconds()).isPositive();
                    Measurement measured = new Measurement(
                            "processes",
                            "vgg",
                            numbers,
                            workers,
                            transport.load(numbers, workers),
                            null,
                            List.of(reading));
                    assertThat(reading.sent()).isGreaterThanOrEqualTo(0.95 * measured.leastBytes());
                }
            }
        }
    }

    /** The interface carries no more than the first step's and what workers say to each other. */
    @Test
    void processesOfOneMachine_exchangeThroughMemory() throws Exception {
        assumeThat(Path.of("/dev/shm")).isDirectory();
        try (Workers processes = Workers.onLoopback(2, List.of(), true);
                Meter meter = new ProcessTransport(Transport.ONE_MACHINE, processes).open(BenchModel.VGG, 2)) {
            assertThat(meter.read(2).seconds()).isPositive();
            assertThat(meter.read(10).sent()).isLessThan(100_000);
        }
    }

    /** W - 1 others' gradients of a W-th of the weights, whose owner then updates them. */
    @Test
    void memory_sendsNothing() {
        Transport memory = new MemoryTransport();

        assertThat(memory.load(1000, 4)).isEqualTo(new Load(3, 3, 0, 1250));
        assertThat(memory.load(1000, 1)).isEqualTo(new Load(0, 0, 0, 2000));
    }

    @Test
    void wireExcess_isTheDifferenceFromTheLeast() {
        List<Reading> readings = List.of(new Reading(1, 6060), new Reading(1, 5940));

        assertThat(measurement(4, readings).wireExcess().orElseThrow())
                .satisfiesExactly(
                        more -> assertThat(more).isCloseTo(0.01, within(1e-9)),
                        less -> assertThat(less).isCloseTo(0.01, within(1e-9)));
        assertThat(measurement(1, readings).wireExcess()).isEqualTo(Optional.empty());
        assertThat(measurement(4, List.of(new Reading(1, Double.NaN))).wireExcess())
                .isEqualTo(Optional.empty());
    }

    private static Measurement measurement(int workers, List<Reading> readings) {
        return new Measurement("processes", "net", 1000, workers, Load.NONE, null, readings);
    }
}
