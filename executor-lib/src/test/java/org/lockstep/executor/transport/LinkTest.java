package org.lockstep.executor.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages between two ports of this JVM. */
@Timeout(60)
class LinkTest {

    private static final String HOST = "127.0.0.1";
    private static final TransportSettings SETTINGS = TransportSettings.of(HOST, Duration.ofSeconds(10));

    private final Secret secret = Secret.random();
    private final Ledger there = new Ledger();
    private final Endpoint server = Endpoint.open(SETTINGS, secret, there);
    private final Endpoint client = Endpoint.open(SETTINGS, secret, new Ledger());
    private Link link;

    @BeforeEach
    void connect() throws InterruptedException {
        link = client.connect(HOST, server.port(), new Ledger());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ByteBuffer message(int number) {
        return ByteBuffer.wrap(new byte[] {(byte) number});
    }

    @Test
    void whatIsSentSoon_comesByItself_inOrder() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int number = 0; number < 5; number++) {
                link.sendSoon(message(number));
            }
            for (int number = 0; number < 5; number++) {
                assertThat(there.next()).isEqualTo(number + " alone");
            }
        }
    }

    @Test
    void aKeptLink_isTheNextToTheSamePlace_unlessItIsGone() throws Exception {
        client.keep(HOST, server.port(), link);
        Link next = client.connect(HOST, server.port(), new Ledger());
        assertThat(next).isSameAs(link);
        next.send(message(1));
        assertThat(there.next()).isEqualTo("1 alone");
        assertThat(client.connect(HOST, server.port(), new Ledger())).isNotSameAs(link);

        client.keep(HOST, server.port(), link);
        link.close();
        while (link.isOpen()) {
            Thread.onSpinWait();
        }
        Link fresh = client.connect(HOST, server.port(), new Ledger());
        fresh.send(message(2));
        assertThat(there.next()).isEqualTo("2 alone");
        assertThat(fresh).isNotSameAs(link);
    }

    @Test
    void whatIsSentSoon_comesBeforeWhatIsSentOrAskedLater() throws Exception {
        link.sendSoon(message(1));
        link.send(message(2), ByteBuffer.allocateDirect(1).put(0, (byte) 2));
        link.sendSoon(message(3));
        link.sendSoon(message(4));
        link.ask(message(5)).get(20, TimeUnit.SECONDS);

        // When the question is answered all before it has been handed over.
        assertThat(there.all()).containsExactly("1 alone", "2 with 1", "3 alone", "4 alone");
    }
}
