package org.lockstep.executor.optimizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lockstep.constraints.Constraint;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.constraints.MinMaxNorm;
import org.lockstep.constraints.NonNeg;
import org.lockstep.constraints.RadialConstraint;
import org.lockstep.constraints.UnitNorm;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Clip;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;
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
        double rate = c.get("learning_rate").asDouble();
        Double decay = nullable(c, "weight_decay");
        Clip clip = new Clip(nullable(c, "clipnorm"), nullable(c, "clipvalue"), nullable(c, "global_clipnorm"));
        double momentum = number(c, "momentum", 0);
        return switch (c.get("optimizer").asText()) {
            case "sgd" -> new SGD(rate, momentum, flag(c, "nesterov"), decay, clip);
            case "adam", "adamw" ->
                new Adam(
                        rate,
                        number(c, "beta_1", Adam.of().beta1()),
                        number(c, "beta_2", Adam.of().beta2()),
                        number(c, "epsilon", Adam.of().epsilon()),
                        flag(c, "amsgrad"),
                        decay,
                        clip);
            case "rmsprop" ->
                new RMSprop(
                        rate,
                        number(c, "rho", RMSprop.of().rho()),
                        momentum,
                        number(c, "epsilon", RMSprop.of().epsilon()),
                        flag(c, "centered"),
                        decay,
                        clip);
            default -> throw new IllegalArgumentException("No such optimizer: " + c);
        };
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

    private static boolean flag(JsonNode c, String key) {
        return c.path(key).asBoolean(false);
    }

    @org.jspecify.annotations.Nullable
    private static Double nullable(JsonNode c, String key) {
        return c.hasNonNull(key) ? (Double) c.get(key).asDouble() : null;
    }
}
