package org.lockstep.data.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.BadDataException;

class StoredTreeTest {

    private static final List<String> NAMES = List.of("a b/2.txt", "a b/1.txt", "a b/c/3.txt", "0.txt");

    @TempDir
    private Path temporary;

    private Path folder;
    private Path zip;

    @BeforeEach
    void write() throws IOException {
        folder = temporary.resolve("top");
        zip = temporary.resolve("files.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : NAMES) {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, "content of " + name);
                out.putNextEntry(new ZipEntry("top/" + name));
                out.write(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void folderAndZip_holdTheSameFiles() throws IOException {
        for (String path : List.of(
                folder.toString(), folder + "/", zip + "/top", "elsewhere:" + folder, "elsewhere:" + zip + "/top/")) {
            StoredTree tree = StoredTree.of(path);
            assertThat(files(tree)).as(path).containsExactly("0.txt", "a b/1.txt", "a b/2.txt", "a b/c/3.txt");
            for (String name : NAMES) {
                assertThat(tree.read(name)).asString(StandardCharsets.UTF_8).isEqualTo("content of " + name);
            }
        }
        assertThat(StoredTree.of(folder.toString()).entries())
                .contains(new StoredTree.Entry("a b/", 0), new StoredTree.Entry("0.txt", 16));
        assertThat(files(StoredTree.of(zip.toString()))).contains("top/a b/c/3.txt");
    }

    private static List<String> files(StoredTree tree) {
        return tree.entries().stream()
                .filter(entry -> !entry.isFolder())
                .map(StoredTree.Entry::name)
                .toList();
    }

    @Test
    void zipFromElsewhere_leavesNoFileBehind() throws IOException {
        StoredTree tree = StoredTree.of("elsewhere:" + zip);
        Files.delete(zip);
        assertThat(tree.read("top/0.txt")).hasSize(16);
        try (var left = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "lockstep*.zip")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void folderNamedLikeAZip_isAFolder() throws IOException {
        Path odd = Files.createDirectories(temporary.resolve("odd.zip/inner"));
        Files.writeString(odd.resolve("x"), "1");
        assertThat(files(StoredTree.of(odd.toString()))).containsExactly("x");
        assertThat(files(StoredTree.of(odd.resolve("..").toString()))).containsExactly("inner/x");
    }

    @Test
    void places_nameFileAndEntry() {
        assertThat(StoredTree.of(folder.toString()).place("0.txt")).isEqualTo(folder + "/0.txt");
        assertThat(StoredTree.of(zip + "/top").place("0.txt")).isEqualTo(zip + " at top/0.txt");
    }

    @Test
    void damagedEntry_isAZipException() throws IOException {
        byte[] bytes = Files.readAllBytes(zip);
        Path plain = temporary.resolve("stored.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(plain))) {
            out.setLevel(0);
            out.putNextEntry(new ZipEntry("x"));
            out.write("some text".getBytes(StandardCharsets.UTF_8));
        }
        byte[] stored = Files.readAllBytes(plain);
        stored[new String(stored, StandardCharsets.ISO_8859_1).indexOf("text")] = 'T';
        Files.write(plain, stored);
        assertThatThrownBy(() -> StoredTree.of(plain.toString()).read("x"))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("checksum");

        // The first entry's data begin after its header of 30 bytes and its name.
        bytes[30 + "top/a b/2.txt".length()] = (byte) 0xFF;
        Files.write(zip, bytes);
        assertThatThrownBy(() -> StoredTree.of(zip.toString()).read("top/a b/2.txt"))
                .isInstanceOf(ZipException.class);
    }

    @Test
    void missingFile_isNoDamage() {
        assertThatThrownBy(() -> StoredTree.of(folder.toString()).read("none")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsNoTree_isRefused() throws IOException {
        Path text = Files.writeString(temporary.resolve("text"), "no zip file at all");
        assertThatThrownBy(() -> StoredTree.of(text.toString()))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith("Cannot read " + text + " as a zip file: ");
        assertThatThrownBy(() -> StoredTree.of(zip + "/to"))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + zip + " at to/: no such folder, or an empty one");
        assertThatThrownBy(() -> StoredTree.of(temporary + "/none"))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read " + temporary + "/none: no such file");
    }
}
