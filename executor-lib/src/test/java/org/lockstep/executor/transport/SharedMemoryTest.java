package org.lockstep.executor.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages that go through memory, between two ports of this JVM. */
@Timeout(60)
class SharedMemoryTest {

    private static final String HOST = "127.0.0.1";
    private static final Path FOLDER = Path.of("/dev/shm");
    private static final int LARGE = 100_000;

    private final Secret secret = Secret.random();
    private final Ledger here = new Ledger();
    private final Ledger there = new Ledger();

    @BeforeEach
    void assumeLinux() throws IOException {
        assumeThat(FOLDER).isDirectory();
        awaitNothingMapped();
    }

    private Endpoint open(Ledger receiver, boolean sharesMemory) {
        TransportSettings settings = TransportSettings.of(HOST, Duration.ofSeconds(10));
        return Endpoint.open(settings.sharesMemory(sharesMemory), secret, receiver);
    }

    private static ByteBuffer message(int number) {
        return ByteBuffer.wrap(new byte[] {(byte) number});
    }

    private static ByteBuffer body(int number, int length) {
        ByteBuffer body = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < length; i++) {
            body.put(i, (byte) number);
        }
        return body;
    }

    /** Posts large bodies until they go through memory; returns how many it took. */
    private int share(Link link) throws InterruptedException {
        for (int number = 0; ; number++) {
            link.post(message(number), body(number, LARGE));
            assertThat(there.next()).isEqualTo(number + " with " + LARGE);
            if (link.sharedBytes() > 0) {
                return number;
            }
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.getFileName().toString().startsWith("lockstep-"))
                    .toList();
        }
    }

    private static long mapped() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("/dev/shm/lockstep-")).count();
        }
    }

    /** A link's end is noticed by its thread. */
    private static void awaitNothingMapped() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (mapped() > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void postedBodies_goThroughMemory_inOrder_andLeaveNothing() throws Exception {
        try (Endpoint server = open(there, true);
                Endpoint client = open(here, true)) {
            Link link = client.connect(HOST, server.port(), here);
            share(link);
            long socket = link.sentBytes() - link.sharedBytes();
            for (int round = 0; round < 50; round++) {
                int length = 1 + round * 1_999;
                link.post(message(1));
                link.post(message(2), body(2, length), body(2, LARGE - length));
                assertThat(there.next()).isEqualTo("1 alone");
                assertThat(there.next()).isEqualTo("2 with " + LARGE);
            }
            assertThat(link.sentBytes() - link.sharedBytes() - socket).isLessThan(50 * 100);
            // Both have it open, so it needs no name.
            assertThat(files()).isEmpty();
            assertThat(mapped()).isEqualTo(2);
        }
        awaitNothingMapped();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatDoesNotFit_goesOverTheSocket_andMoreIsOffered() throws Exception {
        try (Endpoint server = open(there, true);
                Endpoint client = open(here, true)) {
            Link link = client.connect(HOST, server.port(), here);
            share(link);
            List<String> expected = new ArrayList<>();
            // Nobody reads meanwhile: the first of them fill the memory.
            for (int number = 1; number <= 9; number++) {
                link.post(message(number), body(number, LARGE));
                expected.add(number + " with " + LARGE);
            }
            List<String> received = new ArrayList<>();
            while (received.size() < expected.size()) {
                received.add(there.next());
            }
            assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
            long before = link.sharedBytes();
            int larger = 5 * LARGE;
            while (link.sharedBytes() < before + larger) {
                link.post(message(3), body(3, larger));
                assertThat(there.next()).isEqualTo("3 with " + larger);
            }
        }
    }

    @Test
    void whoDoesNotShare_orIsOnAnotherAddress_isSentToOverTheSocket() throws Exception {
        for (boolean serverShares : new boolean[] {false, true}) {
            try (Endpoint server = open(there, serverShares);
                    Endpoint client = open(here, !serverShares)) {
                Link link = client.connect(HOST, server.port(), here);
                for (int number = 0; number < 20; number++) {
                    link.post(message(number), body(number, LARGE));
                    assertThat(there.next()).isEqualTo(number + " with " + LARGE);
                }
                assertThat(link.sharedBytes()).isZero();
                assertThat(files()).isEmpty();
            }
        }
        try (Endpoint server = Endpoint.open(TransportSettings.of("127.0.0.2", Duration.ofSeconds(10)), secret, there);
                Endpoint client = open(here, true)) {
            Link link = client.connect("127.0.0.2", server.port(), here);
            for (int number = 0; number < 20; number++) {
                link.post(message(number), body(number, LARGE));
                assertThat(there.next()).isEqualTo(number + " with " + LARGE);
            }
            assertThat(link.sharedBytes()).isZero();
        }
    }

    @Test
    void anOfferOfWhatIsNoSharedMemory_opensNothing(@TempDir Path folder) throws Exception {
        Path victim = Files.write(folder.resolve("victim"), new byte[1_000]);
        for (String name :
                new String[] {victim.toString(), "../.." + victim, "lockstep-", "lockstep-" + "0".repeat(63) + "/"}) {
            assertThatThrownBy(() -> SharedRing.open(name, 872))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no shared memory");
        }
        assertThatThrownBy(() -> SharedRing.open("lockstep-" + "0".repeat(64), 872))
                .isInstanceOf(NoSuchFileException.class);
        Path link = FOLDER.resolve("lockstep-" + "1".repeat(64));
        try {
            Files.createSymbolicLink(link, victim);
            assertThatThrownBy(() -> SharedRing.open(link.getFileName().toString(), 872))
                    .isInstanceOf(IOException.class);
        } finally {
            Files.deleteIfExists(link);
        }
        assertThat(victim).hasSize(1_000);
    }

    @Test
    void aRing_whoseOtherEndCountsWrong_isNotBelieved() throws Exception {
        for (long wrong : new long[] {-1, 1, 2_000, Long.MIN_VALUE, Long.MAX_VALUE}) {
            try (SharedRing ring = SharedRing.create(1_000)) {
                try (FileChannel channel = FileChannel.open(
                        FOLDER.resolve(ring.name()), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    ByteBuffer counts = channel.map(MapMode.READ_WRITE, 0, 128).order(ByteOrder.nativeOrder());
                    counts.putLong(0, wrong).putLong(64, wrong);
                }
                assertThatThrownBy(() -> ring.write(3, message(1), body(1, 3)))
                        .as("%d", wrong)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("shared memory counts " + wrong);
                assertThatThrownBy(() -> ring.read((message, length) -> null))
                        .as("%d", wrong)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
