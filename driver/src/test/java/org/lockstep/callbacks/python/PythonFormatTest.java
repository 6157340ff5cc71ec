package org.lockstep.callbacks.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonFormatTest {

    /** Lines of type, value (floats in hexadecimal), specification and what CPython 3.11 made of them; errors after "!". */
    private static List<String> lines() throws IOException {
        try (InputStream in = PythonFormatTest.class.getResourceAsStream("/python/formats.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "int" -> Long.valueOf(text);
            case "float" ->
                switch (text) {
                    case "nan" -> Double.NaN;
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.valueOf(text);
                };
            default -> text;
        };
    }

    private static String formatted(Object value, String specification) {
        try {
            return PythonFormat.format(value, specification);
        } catch (IllegalArgumentException e) {
            return "!" + e.getMessage();
        }
    }

    @Test
    void format_asCPythonDoes() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(500);
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\\|", 4);
            String actual = formatted(value(parts[0], parts[1]), parts[2]);
            if (!actual.equals(parts[3])) {
                wrong.add(line + ", not " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void template_fields_areFilledIn() {
        assertThat(PythonTemplate.format("{{{a:02d}}}-{b!r:>6}-{b:{a}.1f}", Map.of("a", 7, "b", 0.5)))
                .isEqualTo("{07}-   0.5-    0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a{ | Single '{' encountered in format string",
                "a} | Single '}' encountered in format string",
                "{a | expected '}' before end of string",
                "{a:2 | expected '}' before end of string",
                "{} | Replacement index 0 out of range for positional args tuple",
                "{3} | Replacement index 3 out of range for positional args tuple",
                "{b} | 'b'",
                "{a!x} | Unknown conversion specifier 'x'",
                "{a:.} | Invalid format specifier '.'",
            })
    void template_thatPythonRefuses_refused(String template, String message) {
        assertThatThrownBy(() -> PythonTemplate.format(template, Map.of("a", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.replace("`", "'"));
    }
}
