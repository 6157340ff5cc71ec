package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3, true", "/dev/tty1, true", "/dev/console, true",
        "/dev/null, false", "pipe:[4711], false", "/home/user/log.txt, false"
    })
    void isTerminal_linkOfADescriptor_byItsTarget(String target, boolean expected, @TempDir Path folder)
            throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("1"), Path.of(target));
        assertThat(Screen.isTerminal(link)).isEqualTo(expected);
    }

    @Test
    void isTerminal_noSuchLink_isNone(@TempDir Path folder) {
        assertThat(Screen.isTerminal(folder.resolve("1"))).isFalse();
    }

    @Test
    void isNotebook_environmentOfAKernel_isOne() {
        assertThat(Screen.isNotebook(Map.of("JPY_PARENT_PID", "4711"))).isTrue();
        assertThat(Screen.isNotebook(Map.of("PATH", "/bin"))).isFalse();
    }
}
