package org.lockstep.driver.checkpoint;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;

/**
 * Callbacks' states as JSON values, from which they come back as the same types: a {@link Long} is {@code {"$long": 5}},
 * and a {@code float[]} is {@code {"$floats": [first, count]}}, its numbers being in a file of little-endian floats; a {@link Tensor} is {@code
 * {"$tensor": [shape, floats]}}.
 */
final class CallbackCodec {

    private static final String LONG = "$long";
    private static final String FLOATS = "$floats";
    private static final String TENSOR = "$tensor";

    private final List<float[]> arrays = new ArrayList<>();
    private int length;

    /** The states as JSON values; their arrays are gathered. */
    List<Map<String, @Nullable Object>> encode(List<CallbackState> states) {
        List<Map<String, @Nullable Object>> encoded = new ArrayList<>();
        for (CallbackState state : states) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("class_name", state.className());
            map.put("state", encode(state.className() + ".state", state.state()));
            encoded.add(map);
        }
        return encoded;
    }

    boolean hasArrays() {
        return !arrays.isEmpty();
    }

    /** Writes the gathered arrays. */
    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        for (float[] array : arrays) {
            for (float value : array) {
                data.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(value)));
            }
        }
        data.flush();
    }

    private @Nullable Object encode(String place, @Nullable Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof String
                || value instanceof Integer
                || value instanceof Double) {
            return value;
        }
        if (value instanceof Long number) {
            return Map.of(LONG, number);
        }
        if (value instanceof float[] array) {
            int first = length;
            length = Math.addExact(length, array.length);
            arrays.add(array.clone());
            return Map.of(FLOATS, List.of(first, array.length));
        }
        if (value instanceof Tensor tensor && !tensor.isBytes()) {
            List<Integer> shape = Arrays.stream(tensor.shape()).boxed().toList();
            return Map.of(TENSOR, Arrays.asList(shape, encode(place, tensor.values())));
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> encoded = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                encoded.add(encode(place + "[" + i + "]", list.get(i)));
            }
            return encoded;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> encoded = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                if (!(key instanceof String name) || name.startsWith("$")) {
                    throw new IllegalArgumentException(
                            "Invalid `%s`: keys must be strings that do not begin with $. Received: %s"
                                    .formatted(place, key));
                }
                encoded.put(name, encode(place + "." + name, item));
            });
            return encoded;
        }
        throw new IllegalArgumentException(
                "Invalid `%s`: must be None, a boolean, a string, an Integer, a Long, a Double, a float[], a Tensor of floats, a list or a map of these. Received: %s"
                        .formatted(place, value.getClass().getName()));
    }

    /** The states that {@link #encode} made into these entries. */
    static List<CallbackState> decode(Fields metadata, byte[] arrays) {
        ByteBuffer floats = ByteBuffer.wrap(arrays).order(ByteOrder.LITTLE_ENDIAN);
        return metadata.objects("callbacks", fields -> {
            Map<String, Object> state = new LinkedHashMap<>();
            fields.object("state").values().forEach((key, value) -> {
                Object decoded = decode(value, floats);
                if (decoded != null) {
                    state.put(key, decoded);
                }
            });
            return new CallbackState(fields.text("class_name"), state);
        });
    }

    private static @Nullable Object decode(@Nullable Object value, ByteBuffer floats) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> decoded = new ArrayList<>();
            list.forEach(item -> decoded.add(decode(item, floats)));
            return decoded;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.get(LONG) instanceof Number number) {
            return number.longValue();
        }
        if (map.get(FLOATS) instanceof List<?> range
                && range.get(0) instanceof Integer first
                && range.get(1) instanceof Integer count) {
            float[] array = new float[count];
            for (int i = 0; i < count; i++) {
                array[i] = Float.intBitsToFloat(floats.getInt((first + i) * Float.BYTES));
            }
            return array;
        }
        if (map.get(TENSOR) instanceof List<?> parts
                && parts.get(0) instanceof List<?> shape
                && decode(parts.get(1), floats) instanceof float[] values) {
            return Tensor.of(shape.stream().mapToInt(Integer.class::cast).toArray(), values);
        }
        Map<String, @Nullable Object> decoded = new LinkedHashMap<>();
        map.forEach((key, item) -> decoded.put(String.valueOf(key), decode(item, floats)));
        return decoded;
    }
}
