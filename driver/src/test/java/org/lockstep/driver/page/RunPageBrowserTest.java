package org.lockstep.driver.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where one is installed. */
class RunPageBrowserTest {

    /** Notes what the page asked for, which of its pictures failed, and whether it is wider than its window. */
    private static final String PROBE = """
            <script>addEventListener('load', () => {
              const asked = performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length;
              const images = [...document.images];
              const broken = images.filter(i => !i.complete || i.naturalWidth === 0).length;
              const wide = document.documentElement.scrollWidth > innerWidth;
              document.title = `asked ${asked}, images ${images.length}, broken ${broken}, wide ${wide}`;
            });</script>
            """;

    @TempDir
    private Path folder = Path.of("");

    private static Optional<Path> browser() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeEach
    void browserIsInstalled() {
        assumeTrue(browser().isPresent(), "no Chromium on the path");
    }

    private String run(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                browser().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(Arrays.asList(options));
        command.add(page.toUri().toString());
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(said).doesNotContain("CONSOLE");
        return said;
    }

    @Test
    void write_openedInBrowser_completeAndAsksForNothing() throws Exception {
        Path page = folder.resolve("run.html");
        Files.writeString(page, RunPage.of(SampleRun.record()).replace("</body>", PROBE + "</body>"));
        assertThat(run(page, "--window-size=1280,900", "--dump-dom"))
                .contains("<title>asked 0, images 5, broken 0, wide false</title>");
        assertThat(run(page, "--window-size=500,900", "--dump-dom")).contains("wide false</title>");
    }

    @Test
    void write_lightAndDark_drawnInTheirColours() throws Exception {
        Path page = folder.resolve("run.html");
        RunPage.write(page, SampleRun.record());
        BufferedImage light = drawn(page);
        BufferedImage dark = drawn(page, "--blink-settings=preferredColorScheme=0");
        assertThat(light.getRGB(2, 2)).isEqualTo(0xFFF5F6F8);
        assertThat(dark.getRGB(2, 2)).isEqualTo(0xFF12151B);
        assertThat(pixels(light, 0xFFD9480F)).as("input stall").isGreaterThan(1_000);
        assertThat(pixels(dark, 0xFFF97316)).as("input stall").isGreaterThan(1_000);
    }

    private BufferedImage drawn(Path page, String... options) throws IOException, InterruptedException {
        Path picture = folder.resolve("page.png");
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--window-size=1280,2000", "--hide-scrollbars", "--screenshot=" + picture));
        run(page, all.toArray(String[]::new));
        return ImageIO.read(picture.toFile());
    }

    private static long pixels(BufferedImage picture, int colour) {
        int[] all = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Arrays.stream(all).filter(pixel -> pixel == colour).count();
    }
}
