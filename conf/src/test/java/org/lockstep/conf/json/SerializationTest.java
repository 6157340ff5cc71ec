package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Values;
import org.lockstep.keras.KerasObject;
import org.lockstep.layers.Input;

/** Values travel to executors through Java serialization. */
class SerializationTest {

    static Stream<Object> values() {
        return Stream.concat(
                DefaultsTest.objects(),
                Stream.of(Input.of(2), new Values(List.of(1), List.of(1f)), Constraint.of("radial_constraint")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void serialization_ofValue_isEqual(KerasObject value) throws IOException, ClassNotFoundException {
        assertThat(copy(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "every_option", "activations", "unbuilt", "every_merge"})
    void serialization_ofModelAndCompile_isEqual(String name) throws IOException, ClassNotFoundException {
        KerasJson.Document document = KerasJson.parse(Fixture.text(name + ".json"));

        assertThat(copy(document.model())).isEqualTo(document.model());
        assertThat(copy(Objects.requireNonNull(document.compile()))).isEqualTo(document.compile());
        if (document.model().isBuilt()) {
            assertThat(copy(document.model().layout()))
                    .isEqualTo(document.model().layout());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits.yaml", "mnist.yaml"})
    void serialization_ofJob_isEqual(String name) throws IOException, ClassNotFoundException {
        Object job = JobFile.read(Path.of("..", "examples", "digits", name));

        assertThat(copy(job)).isEqualTo(job);
    }

    @SuppressWarnings("BanSerializableRead") // of what was just written
    private static Object copy(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
