package org.lockstep.conf.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * JSON and YAML texts as plain values: string-keyed maps and lists (both in the text's order), {@link String}, {@link
 * Integer} ({@link Long} where it is needed), {@link Double}, {@link Boolean} and null.
 *
 * <p>Numbers that are not finite are read and written as Python does: {@code NaN}, {@code Infinity}, {@code -Infinity}.
 * A text with a key twice, deeper than {@value #MAX_DEPTH} levels, or with an integer beyond 64 bits is refused.
 */
public final class Json {

    /** Levels of nesting that a text may have. */
    public static final int MAX_DEPTH = 200;

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();

    private static final ObjectMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .loaderOptions(yamlLimits())
                    .streamReadConstraints(LIMITS)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Json() {}

    private static LoaderOptions yamlLimits() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    /** The value of a JSON text. */
    public static @Nullable Object parse(String text) {
        return parse("JSON", JSON, text);
    }

    /** The value of a JSON text that must be an object. */
    public static Map<String, @Nullable Object> parseObject(String text) {
        return Plain.object("JSON text", parse(text));
    }

    /** The value of a YAML text; every JSON text is one. */
    public static @Nullable Object parseYaml(String text) {
        return parse("YAML", YAML, text);
    }

    private static @Nullable Object parse(String format, ObjectMapper mapper, String text) {
        try {
            return Plain.checked(mapper.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Cannot read %s: %s (%s)".formatted(format, firstLine(e.getOriginalMessage()), place(e)), e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? "place unknown"
                : "line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    /** A plain value as a JSON text on one line, spaced as Python's {@code json.dumps} does. */
    public static String write(@Nullable Object value) {
        return write(JSON.writer(new PythonSpacing()), value);
    }

    /** A plain value as an indented JSON text. */
    public static String writePretty(@Nullable Object value) {
        return write(JSON.writerWithDefaultPrettyPrinter(), value);
    }

    private static String write(ObjectWriter writer, @Nullable Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }
}
