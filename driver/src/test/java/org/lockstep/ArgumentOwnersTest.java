package org.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.InputConf;
import org.lockstep.conf.ValidationConf;

/** The one list of who owns which argument of fit, in the package documentation of the settings. */
class ArgumentOwnersTest {

    private static final Path LIST = Path.of("../conf/src/main/java/org/lockstep/conf/package-info.java");
    private static final Pattern ROW =
            Pattern.compile("(?m)^ \\* ([a-z_]+(?:, [a-z]+)?) +(call|\\w+\\.\\w+) +([a-z.]+\\.[A-Z]\\w+)$");
    private static final List<Class<?>> RECORDS = List.of(FitConf.class, InputConf.class, ValidationConf.class);

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(LIST)).results().toList();
    }

    @Test
    void list_hasEverySettingOnce() throws IOException {
        List<String> settings = new ArrayList<>();
        for (Class<?> type : RECORDS) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (!RECORDS.contains(component.getType())) {
                    settings.add(type.getSimpleName() + "." + component.getName());
                }
            }
        }
        List<String> listed = new ArrayList<>();
        rows().forEach(row -> listed.add(row.group(2)));
        listed.removeIf("call"::equals);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(settings);
    }

    @Test
    void list_hasEveryArgumentOnceAndOwnersThatExist() throws Exception {
        List<String> arguments = rows().stream().map(row -> row.group(1)).toList();
        assertThat(arguments).doesNotHaveDuplicates().contains("x, generator", "callbacks", "validation_data");
        for (MatchResult row : rows()) {
            assertThat(Class.forName(
                            "org.lockstep." + row.group(3), false, getClass().getClassLoader()))
                    .isNotNull();
        }
    }
}
