package org.lockstep.executor.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.lockstep.data.Tensor;

/** Reference cases of layers and losses, read from JSON. */
public final class KerasCases {

    private KerasCases() {}

    /** One case; its name is its id. */
    public record Case(String id, JsonNode config, JsonNode inputs, JsonNode expected) {

        /** The string setting of that name. */
        public String text(String name) {
            return config.get(name).asText();
        }

        /** The list of integers of that name. */
        public int[] integers(String name) {
            return values(config.get(name));
        }

        public boolean flag(String name) {
            return config.has(name) && config.get(name).asBoolean();
        }

        public double number(String name) {
            return config.has(name) ? config.get(name).asDouble() : 0;
        }

        /** The input tensor of that name. */
        public Tensor input(String name) {
            return tensor(inputs.get(name));
        }

        /** The expected tensor of that name. */
        public Tensor expected(String name) {
            return tensor(expected.get(name));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** Those of an operation; refuses to find none. */
    public static List<Case> of(String operation) {
        try (InputStream in = KerasCases.class.getResourceAsStream("/keras/step-cases.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            List<Case> found = StreamSupport.stream(cases.spliterator(), false)
                    .filter(node -> node.get("op").asText().equals(operation))
                    .map(node -> new Case(
                            node.get("id").asText(), node.get("config"), node.get("inputs"), node.get("expected")))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("No cases of " + operation);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tensor tensor(JsonNode node) {
        JsonNode data = node.get("data");
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) data.get(i).asDouble();
        }
        return Tensor.of(values(node.get("shape")), values);
    }

    private static int[] values(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
