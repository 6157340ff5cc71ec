package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.Json;

class RemoteMonitorTest {

    private static final Map<String, Double> LOGS = new TreeMap<>(Map.of("accuracy", 0.75, "loss", 1e-5));

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String root;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        root = "http://localhost:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            requests.add("%s %s %s %s\n%s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            exchange.getRequestHeaders().getFirst("X-Run"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void publish(RemoteMonitor monitor) {
        Runs.begun(monitor, new RecordedModel(0.1)).onEpochEnd(2, LOGS);
    }

    @Test
    void epoch_isPostedAsAFormsField() {
        assertThat(Heard.warnings(() -> publish(RemoteMonitor.of().root(root)))).isEmpty();
        assertThat(requests).hasSize(1);
        String[] lines = requests.get(0).split("\n");
        assertThat(lines[0]).isEqualTo("POST /publish/epoch/end/ application/x-www-form-urlencoded null");
        assertThat(lines[1]).startsWith("data=");
        assertThat(Json.parse(URLDecoder.decode(lines[1].substring("data=".length()), StandardCharsets.UTF_8)))
                .isEqualTo(Map.of("epoch", 2, "accuracy", 0.75, "loss", 1e-5));
    }

    @Test
    void epoch_isPostedAsJsonWithHeaders() {
        publish(RemoteMonitor.of()
                .root(root)
                .path("/here?run=1")
                .headers(Map.of("X-Run", "seven"))
                .sendAsJson(true));
        String[] lines = requests.get(0).split("\n");
        assertThat(lines[0]).isEqualTo("POST /here?run=1 application/json seven");
        assertThat(Json.parse(lines[1])).isEqualTo(Map.of("epoch", 2, "accuracy", 0.75, "loss", 1e-5));
    }

    @Test
    void server_thatIsNotThere_isWarnedOf() {
        server.stop(0);
        assertThat(Heard.warnings(() -> publish(RemoteMonitor.of().root(root))))
                .containsExactly("Could not reach RemoteMonitor root server at " + root);
    }

    @Test
    void address_thatIsNone_isRefusedBeforeTraining() {
        RemoteMonitor monitor = RemoteMonitor.of().root("localhost 9000");
        assertThatThrownBy(() -> Runs.begun(monitor, new RecordedModel(0.1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
