package org.lockstep.executor.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Strangers at a port: they neither get in nor disturb those who are. */
class StrangerTest {

    private static final String HOST = "127.0.0.1";
    private static final int CONNECTIONS = Integer.getInteger("lockstep.strangers", 400);

    /**
     * Of processor time, so that 10,000 cost less than 5 % of a run that keeps two processors busy for a minute. A few are
     * for the most part the price of code that is not compiled yet.
     */
    private static final double MOST_MILLIS_EACH = CONNECTIONS < 10_000 ? 5 : 0.05 * 2 * 60_000 / 10_000;

    private static final byte RPC_REQUEST = 3;
    private static final byte ONE_WAY = 9;
    private static final int DEADLINE_MILLIS = 20_000;

    private final Secret secret = Secret.random();
    private final Echo echo = new Echo();
    private Endpoint server = Endpoint.open(TransportSettings.of(HOST, Duration.ofSeconds(10)), secret, echo);
    private Endpoint friend = Endpoint.open(TransportSettings.of(HOST, Duration.ofSeconds(10)), secret, new Echo());

    /** Answers with what it was asked, and keeps messages and their bodies. */
    private static final class Echo implements Receiver {

        private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

        @Override
        public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
            if (message.get() == 'x') {
                throw new IllegalArgumentException("an x");
            }
            ByteBuffer into = ByteBuffer.allocateDirect(bodyLength);
            Runnable whole = () -> {
                byte[] bytes = new byte[bodyLength];
                into.get(0, bytes);
                bodies.add(bytes);
            };
            return bodyLength == 0 ? null : new Body(into, whole);
        }

        @Override
        public void asked(Link from, ByteBuffer question, Reply reply) {
            reply.answer(ByteBuffer.allocate(question.remaining()).put(question).flip());
        }

        @Override
        public void closed(Link link, String reason) {
            closed.add(reason);
        }
    }

    @BeforeEach
    void letTheFriendIn() throws Exception {
        assertThat(asks(friend.connect(HOST, server.port(), new Echo()))).isTrue();
    }

    @AfterEach
    void close() {
        friend.close();
        server.close();
    }

    private static boolean asks(Link link) throws Exception {
        ByteBuffer answer = link.ask(ByteBuffer.wrap(new byte[] {1, 2, 3})).get(10, TimeUnit.SECONDS);
        return answer.equals(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void bodiesOfAnyLength_arriveWholeAndInOrder() throws Exception {
        Link link = friend.connect(HOST, server.port(), new Echo());
        CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, 0, 0);
        for (int i = 0; i < 40; i++) {
            byte[] body = new byte[1 + random.nextInt(300_000)];
            body[0] = (byte) i;
            body[body.length - 1] = (byte) i;
            ByteBuffer direct = ByteBuffer.allocateDirect(body.length).put(body).flip();
            int middle = body.length / 2;
            link.send(
                    ByteBuffer.wrap(new byte[] {'b'}),
                    direct.slice(0, middle),
                    direct.slice(middle, body.length - middle));
            assertThat(echo.bodies.poll(10, TimeUnit.SECONDS)).isEqualTo(body);
        }
    }

    @Test
    void wrongSecret_isRefusedAtBothEnds() {
        try (Endpoint stranger =
                Endpoint.open(TransportSettings.of(HOST, Duration.ofSeconds(10)), Secret.random(), new Echo())) {
            assertThatThrownBy(() -> stranger.connect(HOST, server.port(), new Echo()))
                    .isInstanceOf(UnreachableException.class);
            assertThatThrownBy(() -> friend.connect(HOST, stranger.port(), new Echo()))
                    .isInstanceOf(UnreachableException.class);
            assertThat(server.refused()).isEqualTo(1);
            assertThat(stranger.refused()).isEqualTo(1);
        }
    }

    @Test
    void proofHeardBefore_provesNothing() throws Exception {
        byte[] overheard;
        try (Socket honest = socket()) {
            byte[] nonce = challenge(honest);
            overheard = bytes(Handshake.response(secret, nonce, Secret.nonce()));
            ask(honest, overheard);
            assertThat(answer(honest)).hasSize(Secret.LENGTH);
        }
        try (Socket replaying = socket()) {
            challenge(replaying);
            ask(replaying, overheard);
            assertThat(isDropped(replaying)).isTrue();
        }
        assertThat(server.refused()).isEqualTo(1);
    }

    @Test
    void serversOwnProof_sentBack_provesNothing() throws Exception {
        try (Socket mirror = socket()) {
            byte[] nonce = challenge(mirror);
            byte[] proof = secret.proof(Handshake.SERVER, nonce, nonce);
            ask(
                    mirror,
                    bytes(ByteBuffer.allocate(2 * Secret.LENGTH)
                            .put(nonce)
                            .put(proof)
                            .flip()));
            assertThat(isDropped(mirror)).isTrue();
        }
    }

    @Test
    void messageBeforeTheHandshake_orHugeFrame_isDropped() throws Exception {
        try (Socket early = socket()) {
            send(early, ONE_WAY, new byte[12]);
            assertThat(isDropped(early)).isTrue();
        }
        try (Socket huge = socket()) {
            OutputStream out = huge.getOutputStream();
            out.write(ByteBuffer.allocate(9).putLong(1L << 30).put(RPC_REQUEST).array());
            assertThat(isDropped(huge)).isTrue();
        }
        assertThat(server.refused()).isEqualTo(2);
    }

    @Test
    void hundredsOfStrangers_areCountedAndDisturbNobody_forLittleProcessorTime() throws Exception {
        Link link = friend.connect(HOST, server.port(), new Echo());
        byte[] overheard;
        try (Socket honest = socket()) {
            overheard = bytes(Handshake.response(secret, challenge(honest), Secret.nonce()));
            ask(honest, overheard);
            assertThat(answer(honest)).hasSize(Secret.LENGTH);
        }
        Secret wrong = Secret.random();
        CounterRandom random = CounterRandom.of(2, Purpose.SYNTHETIC_DATA, 0, 0, 0);
        double before = processorMillis();
        int honest = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket stranger = socket()) {
                byte[] noise = new byte[1 + random.nextInt(600)];
                for (int j = 0; j < noise.length; j++) {
                    noise[j] = (byte) random.nextInt(256);
                }
                switch (i % 5) {
                    case 0 -> stranger.getOutputStream().write(noise);
                    case 1 -> {
                        challenge(stranger);
                        ask(stranger, noise);
                    }
                    case 2 -> send(stranger, (byte) random.nextInt(14), noise);
                    case 3 -> ask(stranger, bytes(Handshake.response(wrong, challenge(stranger), Secret.nonce())));
                    default -> {
                        challenge(stranger);
                        ask(stranger, overheard);
                    }
                }
            } catch (SocketException e) {
                // It was dropped while it still spoke.
            }
            if (i % 50 == 0) {
                assertThat(asks(link)).isTrue();
                honest++;
            }
        }
        await(() -> server.refused() == CONNECTIONS);
        double each = (processorMillis() - before) / CONNECTIONS;
        System.out.printf("%d strangers: %.3f ms of processor time each%n", CONNECTIONS, each);
        assertThat(each).isLessThan(MOST_MILLIS_EACH);
        assertThat(asks(link)).isTrue();
        assertThat(honest).isEqualTo(CONNECTIONS / 50);
    }

    @Test
    void crowdThatSaysNothing_givesWayToAFriend() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                crowd.add(socket());
            }
            assertThat(asks(friend.connect(HOST, server.port(), new Echo()))).isTrue();
            await(() -> server.refused() > 0);
            assertThat(isDropped(crowd.get(0))).isTrue();
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
        await(() -> server.refused() == 300);
    }

    /** What all ports of this JVM have used so far. */
    private static double processorMillis() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("lockstep-")) {
                nanos += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return nanos / 1e6;
    }

    @Test
    void friendWhoBreaksTheProtocol_losesItsLinkOnly_andIsCounted() throws Exception {
        Link other = friend.connect(HOST, server.port(), new Echo());
        Link link = friend.connect(HOST, server.port(), new Echo());
        link.send(ByteBuffer.wrap(new byte[] {'x'}));
        assertThat(echo.closed.poll(10, TimeUnit.SECONDS)).contains("malformed");
        await(() -> !link.isOpen());
        assertThat(server.malformed()).isEqualTo(1);
        assertThat(server.refused()).isZero();
        assertThat(asks(other)).isTrue();
    }

    @Test
    void closedEndpoint_itsLinksTellTheOthers() throws Exception {
        Echo hears = new Echo();
        friend.connect(HOST, server.port(), hears);
        server.close();
        assertThat(hears.closed.poll(10, TimeUnit.SECONDS)).isNotNull();
        server = Endpoint.open(TransportSettings.of(HOST, Duration.ofSeconds(10)), secret, echo);
    }

    private Socket socket() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] challenge(Socket socket) throws IOException {
        ask(socket, bytes(Handshake.hello()));
        return answer(socket);
    }

    /** One of Spark's frames: its length, its type, and for a question a number and the length of what follows. */
    private static void send(Socket socket, byte type, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + content.length);
        frame.putLong(frame.capacity()).put(type).put(content);
        socket.getOutputStream().write(frame.array());
    }

    private static void ask(Socket socket, byte[] message) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(12 + message.length);
        send(
                socket,
                RPC_REQUEST,
                content.putLong(7).putInt(message.length).put(message).array());
    }

    private static byte[] answer(Socket socket) throws IOException {
        socket.setSoTimeout(DEADLINE_MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] rest = new byte[(int) in.readLong() - 9];
        assertThat(in.readByte()).isEqualTo((byte) 4);
        in.readFully(rest);
        byte[] content = new byte[rest.length - 12];
        System.arraycopy(rest, 12, content, 0, content.length);
        return content;
    }

    private static boolean isDropped(Socket socket) throws IOException {
        socket.setSoTimeout(DEADLINE_MILLIS);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }
}
