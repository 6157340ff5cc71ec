package org.lockstep.executor.optimizer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.constraints.Constraint;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.constraints.MinMaxNorm;
import org.lockstep.constraints.NonNeg;
import org.lockstep.constraints.RadialConstraint;
import org.lockstep.constraints.UnitNorm;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.OrthogonalRegularizer;
import org.lockstep.regularizers.Regularizer;

/** Reference cases of this package's operations, read from JSON. */
final class Cases {

    private Cases() {}

    /** One case; its name is its id. */
    record Case(String id, JsonNode config, JsonNode inputs, JsonNode expected) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** Those of the given operations, from both files; refuses to find none. */
    static List<Case> of(String... operations) {
        List<Case> found = Stream.of("/keras/optimizer-cases.json", "/keras/optimizer-extra.json")
                .flatMap(Cases::read)
                .filter(node -> List.of(operations).contains(node.get("op").asText()))
                .map(node ->
                        new Case(node.get("id").asText(), node.get("config"), node.get("inputs"), node.get("expected")))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("No cases of " + List.of(operations));
        }
        return found;
    }

    private static Stream<JsonNode> read(String file) {
        try (InputStream in = Cases.class.getResourceAsStream(file)) {
            List<JsonNode> nodes = new ArrayList<>();
            new ObjectMapper().readTree(in).get("cases").forEach(nodes::add);
            return nodes.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int[] shape(JsonNode tensor) {
        return Stream.of(tensor.get("shape"))
                .flatMapToInt(shape -> java.util.stream.IntStream.range(0, shape.size())
                        .map(i -> shape.get(i).asInt()))
                .toArray();
    }

    static float[] data(JsonNode tensor) {
        JsonNode data = tensor.get("data");
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) data.get(i).asDouble();
        }
        return values;
    }

    static Optimizer optimizer(JsonNode c) {
        Map<String, Object> arguments = new ObjectMapper().convertValue(c, new TypeReference<>() {});
        arguments.remove("steps");
        return KerasArguments.optimizer(Map.of(arguments.remove("optimizer"), arguments));
    }

    static Regularizer regularizer(JsonNode c) {
        return c.has("mode")
                ? new OrthogonalRegularizer(
                        c.get("factor").asDouble(), c.get("mode").asText())
                : new L1L2(number(c, "l1", 0), number(c, "l2", 0));
    }

    static Constraint constraint(JsonNode c) {
        List<Integer> axes = new ArrayList<>();
        JsonNode axis = c.path("axis");
        if (axis.isArray()) {
            axis.forEach(one -> axes.add(one.asInt()));
        } else {
            axes.add(axis.asInt(0));
        }
        return switch (c.get("name").asText()) {
            case "max_norm" -> new MaxNorm(c.get("max_value").asDouble(), axes);
            case "unit_norm" -> new UnitNorm(axes);
            case "min_max_norm" ->
                new MinMaxNorm(
                        c.get("min_value").asDouble(),
                        c.get("max_value").asDouble(),
                        c.get("rate").asDouble(),
                        axes);
            case "non_neg" -> NonNeg.of();
            case "radial_constraint" -> RadialConstraint.of();
            default -> throw new IllegalArgumentException("No such constraint: " + c);
        };
    }

    private static double number(JsonNode c, String key, double otherwise) {
        return c.path(key).asDouble(otherwise);
    }
}
