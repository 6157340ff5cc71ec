package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.data.BadDataException;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.optimizers.SGD;

class BrokenKerasFileTest {

    private static final byte[] MANY_ZEROS = new byte[1 << 20];

    @TempDir
    Path folder;

    private Path file;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @BeforeEach
    void readEntries() throws IOException {
        file = folder.resolve("a.keras");
        KerasFile.save(file.toString(), Fixtures.saved("broken", SGD.of()));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    @Test
    void deflatedFileWithAssets_isRead() throws IOException {
        entries.put("assets/note.txt", new byte[3]);
        writeEntries();
        assertThat(KerasFile.load(file.toString()).model().name()).isEqualTo("broken");
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> KerasFile.load(folder.resolve("b.keras").toString()))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + folder.resolve("b.keras") + ": no such file");
    }

    @Test
    void cutFile_isRefusedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 997) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused("not a whole zip archive: ");
        }
    }

    @Test
    void changedByte_isFoundByItsChecksum() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 1000] ^= 1;
        Files.write(file, whole);
        refused(" at model.weights.h5: its checksum is wrong: the file is damaged");
    }

    @Test
    void missingEntries_areNamed() throws IOException {
        byte[] config = entries.remove("config.json");
        writeEntries();
        refused(": it has no config.json");

        entries.put("config.json", config);
        byte[] weights = entries.remove("model.weights.h5");
        writeEntries();
        refused(": it has no model.weights.h5");

        entries.put("model.weights.npz", weights);
        writeEntries();
        assertThatThrownBy(() -> KerasFile.load(file.toString()))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("its weights are in NumPy's format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "a\\..\\evil", "C:/evil", ".."})
    void namesThatLeadOut_areRefused(String name) throws IOException {
        entries.put(name, new byte[1]);
        writeEntries();
        refused("entry \"" + name + "\": the name leads out of the archive");
    }

    @Test
    void tooManyEntries_areRefused() throws IOException {
        for (int i = 0; i < 1000; i++) {
            entries.put("assets/" + i, new byte[0]);
        }
        writeEntries();
        refused("it has 1003 entries, more than 1000");
    }

    @Test
    void zipBombs_areRefusedBeforeTheyGrow() throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : entries.keySet()) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(entries.get(name));
                for (int i = 0; name.endsWith(".h5") && i < 100; i++) {
                    zip.write(MANY_ZEROS);
                }
            }
        }
        refused("model.weights.h5: it claims more than the ");
    }

    @Test
    void configThatClaimsMoreThanTheWeights_isRefused() throws IOException {
        changeConfig(text -> text.replace("\"units\": 5", "\"units\": 100000000"));
        refused("bytes cannot hold the model's 2");
    }

    @Test
    void weightsOfAnotherShape_areRefused() throws IOException {
        changeConfig(text -> text.replace("\"units\": 5", "\"units\": 6"));
        assertThatThrownBy(() -> KerasFile.load(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot read " + file
                                + "!model.weights.h5 at layers/dense/vars/0: dense/kernel must have shape [16, 6]. Received: [16, 5]");
    }

    @Test
    void optimizerOfAnotherKind_isRefused() throws IOException {
        changeConfig(text -> text.replace("\"momentum\": 0.0", "\"momentum\": 0.5"));
        assertThatThrownBy(() -> KerasFile.load(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot read " + file
                                + "!model.weights.h5 at optimizer/vars: optimizer 'SGD' has 10 variables whereas the saved optimizer has 2 variables");
    }

    @Test
    void brokenConfig_isRefused() throws IOException {
        changeConfig(text -> text.substring(0, text.length() / 2));
        refused(" at config.json: Cannot read JSON: ");
    }

    @Test
    void unknownClass_isNamed() throws IOException {
        changeConfig(text -> text.replace("\"MaxPooling2D\"", "\"Evil2D\""));
        assertThatThrownBy(() -> KerasFile.load(file.toString())).hasMessageContaining("Evil2D");
    }

    /** Whatever the damage, the answer is a refusal that says so, or a model. */
    @Test
    void damagedWeights_neverEndOtherwise() throws IOException {
        byte[] whole = weights();
        Path weights = folder.resolve("a.weights.h5");
        SavedModel into = Fixtures.saved("broken", SGD.of());
        int refused = 0;
        for (int place = 0; place < whole.length; place += 7) {
            byte[] damaged = whole.clone();
            damaged[place] = (byte) (place % 2 == 0 ? 0xFF : whole[place] ^ 0x10);
            Files.write(weights, damaged);
            refused += isRefused(weights, into) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void cutWeights_areRefused() throws IOException {
        byte[] whole = weights();
        Path weights = folder.resolve("a.weights.h5");
        SavedModel into = Fixtures.saved("broken", SGD.of());
        for (int length = 0; length < whole.length; length += 499) {
            Files.write(weights, Arrays.copyOf(whole, length));
            assertThat(isRefused(weights, into)).as("cut at %d", length).isTrue();
        }
    }

    private byte[] weights() {
        return Objects.requireNonNull(entries.get("model.weights.h5"));
    }

    private static boolean isRefused(Path weights, SavedModel into) {
        try {
            KerasFile.loadWeights(weights.toString(), into);
            return false;
        } catch (BadDataException | IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(weights.toString());
            return true;
        }
    }

    private void changeConfig(UnaryOperator<String> change) throws IOException {
        String text = new String(entries.get("config.json"), StandardCharsets.UTF_8);
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        entries.put("config.json", changed.getBytes(StandardCharsets.UTF_8));
        writeEntries();
    }

    private void writeEntries() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : entries.keySet()) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(entries.get(name));
            }
        }
        Files.write(file, bytes.toByteArray());
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> KerasFile.load(file.toString()))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith("Cannot read " + file)
                .hasMessageContaining(reason);
    }
}
