package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @Test
    void parse_ofEveryKind_isPlainJava() {
        assertThat(Json.parse("[1, 3000000000, 1.5, 1e3, \"a\", true, null, {\"k\": []}, NaN, -Infinity]"))
                .isEqualTo(Arrays.asList(
                        1,
                        3_000_000_000L,
                        1.5,
                        1000.0,
                        "a",
                        true,
                        null,
                        Map.of("k", List.of()),
                        Double.NaN,
                        Double.NEGATIVE_INFINITY));
    }

    @Test
    void write_ofPlainJava_isSpacedAsPythonDoes() {
        String text = "{\"a\": [1, 2.5, null], \"b\": {\"c\": true, \"d\": \"\\\"\"}, \"e\": NaN}";

        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        assertThat(Json.parse(Json.writePretty(Json.parse(text)))).isEqualTo(Json.parse(text));
    }

    @Test
    void parseYaml_ofAText_givesWhatItsJsonGives() {
        Object value = Json.parse("{\"a\": [1, 2.5, null, \"true\"], \"b\": {\"c\": true}}");

        assertThat(Json.parseYaml("a: [1, 2.5, null, 'true']\nb:\n  c: true\n")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1, "a": 2}        | Duplicate field 'a' (line 1
            [1,                     | Cannot read JSON
            [1] 2                   | Cannot read JSON: Trailing token
            99999999999999999999    | beyond 64 bits
            """)
    void parse_ofBadText_isRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "kernel_siz, kernel_size",
        "kernelSize, kernel_size",
        "stirdes, strides",
        "optimiser, optimizer",
        "epoch, epochs"
    })
    void suggestion_ofMistypedName_isTheNearest(String wrong, String right) {
        List<String> known = List.of("kernel_size", "strides", "optimizer", "epochs", "filters");

        assertThat(Nearest.suggestion(wrong, known)).isEqualTo(" Did you mean `" + right + "`?");
    }

    @Test
    void suggestion_ofStrangeName_listsAll() {
        assertThat(Nearest.suggestion("xyz", List.of("filters", "units"))).isEqualTo(" Known are: filters, units.");
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }
}
