package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadedTest {

    @Test
    void sameKey_isLoadedOnce() {
        Object key = new Object();
        StringBuilder first = Loaded.of(key, StringBuilder.class, () -> new StringBuilder("content"));
        assertThat(Loaded.of(key, StringBuilder.class, () -> new StringBuilder("other")))
                .isSameAs(first);
    }

    @Test
    void failedLoad_isTriedAgain() {
        Object key = new Object();
        assertThatThrownBy(() -> Loaded.of(key, String.class, () -> {
                    throw new BadDataException("broken");
                }))
                .hasMessage("broken");
        assertThat(Loaded.of(key, String.class, () -> "mended")).isEqualTo("mended");
    }
}
