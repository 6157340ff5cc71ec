package org.lockstep.executor.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark's settings demand of connections, beside the run's own secret. */
@Timeout(60)
class SparkAuthenticationTest {

    private static final String HOST = "127.0.0.1";
    private static final String WORDS = "attack at dawn, and bring the gradients";

    private final Secret secret = Secret.random();
    private final Keeping keeping = new Keeping();

    /** Answers with what it is asked, and keeps bodies. */
    private static final class Keeping implements Receiver {

        private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

        @Override
        public Body received(Link from, ByteBuffer message, int bodyLength) {
            ByteBuffer into = ByteBuffer.allocateDirect(bodyLength);
            return new Body(
                    into,
                    () -> bodies.add(StandardCharsets.ISO_8859_1
                            .decode(into.duplicate().clear())
                            .toString()));
        }

        @Override
        public void asked(Link from, ByteBuffer question, Reply reply) {
            reply.answer(ByteBuffer.allocate(question.remaining()).put(question).flip());
        }

        @Override
        public void closed(Link link, String reason) {}
    }

    /** Spark's secret, the same for every application here. */
    private record Key(String value) implements SecretKeyHolder {

        @Override
        public String getSaslUser(String application) {
            return "spark";
        }

        @Override
        public String getSecretKey(String application) {
            return value;
        }
    }

    /** Settings, and whether they encrypt. */
    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(Map.of(), false),
                Arguments.of(Map.of("spark.authenticate.enableSaslEncryption", "true"), true),
                Arguments.of(Map.of("spark.network.crypto.enabled", "true"), true),
                Arguments.of(
                        Map.of(
                                "spark.network.crypto.enabled", "true",
                                "spark.network.crypto.cipher", "AES/CTR/NoPadding",
                                "spark.network.crypto.saslFallback", "false"),
                        true));
    }

    private static TransportSettings with(Map<String, String> spark, @Nullable String key) {
        return new TransportSettings(
                HOST, 0, spark, "spark", key == null ? null : new Key(key), Duration.ofSeconds(10), true);
    }

    private Endpoint open(TransportSettings settings) {
        return Endpoint.open(settings, secret, keeping);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void executorsOfOneApplication_talk_encryptedWhereSparkIs(Map<String, String> spark, boolean encrypts)
            throws Exception {
        try (Endpoint server = open(with(spark, "key"));
                Endpoint client = open(with(spark, "key"));
                Tap tap = new Tap(server.port())) {
            Link link = client.connect(HOST, tap.port(), new Keeping());
            byte[] words = WORDS.getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer answer = link.ask(ByteBuffer.wrap(words)).get(10, TimeUnit.SECONDS);
            assertThat(answer).isEqualTo(ByteBuffer.wrap(words));
            for (int length : new int[] {words.length, 1_000_000}) {
                ByteBuffer body = ByteBuffer.allocateDirect(length).put(words).clear();
                link.send(ByteBuffer.wrap(new byte[] {1}), body);
                assertThat(keeping.bodies.poll(10, TimeUnit.SECONDS))
                        .hasSize(length)
                        .startsWith(WORDS);
            }
            assertThat(tap.saw(WORDS)).isNotEqualTo(encrypts);
            assertThat(server.refused()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whoKnowsTheRunsSecretButNotSparks_isKeptOut(Map<String, String> spark, boolean encrypts) throws Exception {
        try (Endpoint server = open(with(spark, "key"));
                Endpoint plain = open(with(Map.of(), null));
                Endpoint wrong = open(with(spark, "another key"))) {
            for (Endpoint stranger : new Endpoint[] {plain, wrong}) {
                assertThatThrownBy(() -> stranger.connect(HOST, server.port(), new Keeping()))
                        .isInstanceOf(UnreachableException.class);
            }
            awaitRefused(server, 2);
        }
    }

    /** A connection that its maker gives up is counted when the port hears of that. */
    private static void awaitRefused(Endpoint server, int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.refused() < count) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(server.refused()).isEqualTo(count);
    }

    @Test
    void whoKnowsSparksSecretButNotTheRuns_isKeptOut() throws Exception {
        Map<String, String> spark = Map.of("spark.network.crypto.enabled", "true");
        try (Endpoint server = open(with(spark, "key"));
                Endpoint stranger = Endpoint.open(with(spark, "key"), Secret.random(), keeping)) {
            assertThatThrownBy(() -> stranger.connect(HOST, server.port(), new Keeping()))
                    .isInstanceOf(UnreachableException.class);
            awaitRefused(server, 1);
        }
    }
}
