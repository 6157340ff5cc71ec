package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.exchange.Meter.Reading;
import org.lockstep.examples.bench.side.BenchModel;

/** Where this system makes network namespaces: root's on Linux with iproute2. */
class NamespacesTest {

    private static final int NUMBERS = 814_122;

    @Test
    void processes_inNamespaces_sendTheLeastAndHeedTheirLinks() throws Exception {
        try (Namespaces namespaces = open();
                Workers processes = Workers.in(namespaces, 2, List.of())) {
            Transport transport = new ProcessTransport(Transport.PROCESSES, processes);
            try (Meter meter = transport.open(BenchModel.VGG, 2)) {
                Reading free = meter.read(5);
                Measurement measured = new Measurement(
                        "processes", "vgg", NUMBERS, 2, transport.load(NUMBERS, 2), null, List.of(free));
                assertThat(free.sent()).isCloseTo(measured.leastBytes(), within(0.02 * measured.leastBytes()));

                Link slow = new Link(0.2, 0);
                namespaces.shape(slow);

                // Some of each message is let through at once.
                assertThat(meter.read(3).seconds()).isGreaterThan(0.8 * slow.seconds(measured.load()));
                namespaces.unshape();
            }
        }
    }

    private static Namespaces open() {
        try {
            return Namespaces.open(2);
        } catch (Namespaces.RefusedException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
