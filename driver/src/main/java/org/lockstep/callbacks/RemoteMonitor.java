package org.lockstep.callbacks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lockstep.conf.json.Json;

/**
 * Posts each epoch's logs to a server, as Keras 3's: {@code {"epoch": 0, "loss": …}}, in a form's field or as the body. A
 * server that cannot be reached, or does not answer within half a minute, is warned of; what it answers is not looked at.
 */
public final class RemoteMonitor extends Callback {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private String root = "http://localhost:9000";
    private String path = "/publish/epoch/end/";
    private String field = "data";
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean sendsAsJson;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();

    private RemoteMonitor() {}

    /** Posts to {@code http://localhost:9000/publish/epoch/end/}. */
    public static RemoteMonitor of() {
        return new RemoteMonitor();
    }

    /** The server. Default {@code http://localhost:9000}. */
    public RemoteMonitor root(String value) {
        root = value;
        return this;
    }

    /** Where on the server. Default {@code /publish/epoch/end/}. */
    public RemoteMonitor path(String value) {
        path = value;
        return this;
    }

    /** The form's field that holds the logs as JSON. Default {@code data}. */
    public RemoteMonitor field(String value) {
        field = value;
        return this;
    }

    /** HTTP headers to send. Default none. */
    public RemoteMonitor headers(Map<String, String> value) {
        headers.clear();
        headers.putAll(value);
        return this;
    }

    /** Whether the body is the JSON itself instead of a form. Default false. */
    public RemoteMonitor sendAsJson(boolean value) {
        sendsAsJson = value;
        return this;
    }

    /** Refuses an address or headers that cannot be sent. */
    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        request("");
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        Map<String, Object> send = new LinkedHashMap<>();
        send.put("epoch", epoch);
        send.putAll(logs);
        String json = Json.write(send);
        HttpRequest request = request(sendsAsJson ? json : encoded(field) + "=" + encoded(json));
        try {
            client.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            Output.warn("Could not reach RemoteMonitor root server at " + root);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while posting to " + root, e);
        }
    }

    private HttpRequest request(String body) {
        String type = sendsAsJson ? "application/json" : "application/x-www-form-urlencoded";
        HttpRequest.Builder builder = HttpRequest.newBuilder()
                .uri(URI.create(root + path))
                .timeout(PATIENCE)
                .setHeader("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        headers.forEach(builder::setHeader);
        return builder.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
