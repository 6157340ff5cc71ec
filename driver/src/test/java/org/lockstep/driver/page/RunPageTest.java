package org.lockstep.driver.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.Tensor;
import org.lockstep.driver.predictions.Confusion;
import org.lockstep.driver.predictions.Predictions.Judged;
import org.lockstep.driver.predictions.Predictions.NotJudged;
import org.lockstep.driver.predictions.Sample;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.SkippedRecords;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RunPageTest {

    @TempDir
    private Path folder = Path.of("");

    private static Document parsed(RunRecord run) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(RunPage.of(run))));
    }

    private static List<String> all(Document page, String path) throws Exception {
        NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, page, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().replace('\u00A0', ' '))
                .toList();
    }

    private static BufferedImage image(String address) throws IOException {
        assertThat(address).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void of_run_headlineAndCurves() throws Exception {
        Document page = parsed(SampleRun.record());
        assertThat(all(page, "//h1")).containsExactly("sequential <1> & \"co\"");
        assertThat(all(page, "//p[@class='lead']"))
                .containsExactly("2 epochs in 2.5 s, of which validation took 500 ms; 640 samples/s in training."
                        + " Best epoch: 2, with the lowest val_loss of 1.250.");
        assertThat(all(page, "//dl[@class='tiles']//dd[@class='big']"))
                .containsExactly("0.7500", "1.000", "0.8000", "1.250");
        assertThat(all(page, "//*[local-name()='svg']/*[@class='name']")).containsExactly("loss", "accuracy");
        assertThat(all(page, "//*[local-name()='polyline']/@class"))
                .containsExactly("line training", "line validation", "line training", "line validation");
    }

    @Test
    void of_run_timesOfEachEpochAndTogether() throws Exception {
        Document page = parsed(SampleRun.record());
        assertThat(all(page, "//table[caption='Time by epoch']/tbody/tr[1]/*"))
                .containsExactly("1", "10", "640", "100.0", "50 %", "10 %", "30 %", "10 %", "250 ms");
        assertThat(all(page, "//table[caption='Time by epoch']/tbody/tr[3]/*"))
                .containsExactly("all", "20", "640", "100.0", "45 %", "10 %", "38 %", "7.0 %", "500 ms");
        assertThat(all(page, "//p[@class='verdict bad']"))
                .singleElement()
                .asString()
                .startsWith("Input is the bottleneck: workers waited 38 %");
        assertThat(all(page, "//*[local-name()='rect']/*[local-name()='title']"))
                .startsWith("epoch 1: compute 50 ms", "epoch 1: exchange 10 ms", "epoch 1: input stall 30 ms");
        assertThat(all(page, "//table[caption='Queues by shard']/tbody/tr[2]/*"))
                .containsExactly("1", "0.1 of 10", "820 ms", "41 %");
    }

    @Test
    void of_run_confusionAndSamplesWithImages() throws Exception {
        Document page = parsed(SampleRun.record());
        assertThat(all(page, "//section[h2='Confusion matrix']/p"))
                .containsExactly("Of all 5 held-out samples, 4 are right (80 %).");
        assertThat(all(page, "//table[contains(@class,'confusion')]/tbody/tr[3]/*"))
                .containsExactly("owl", "0", "150 %", "150 %", "2", "50 %");
        assertThat(all(page, "//figure[@class='sample wrong']/figcaption")).containsExactly("dog & <wolf>70 %is owl");
        assertThat(all(page, "//figure[@class='sample']/figcaption/b"))
                .containsExactly("cat", "dog & <wolf>", "owl", "dog & <wolf>");
        assertThat(all(page, "//figure[@class='sample wrong']/img/@alt"))
                .containsExactly("Sample 3: owl, taken for dog & <wolf>");
        BufferedImage first =
                image(all(page, "//figure[@class='sample']/img/@src").get(0));
        assertThat(first.getRGB(1, 1)).isEqualTo(0xFFFFFFFF);
        assertThat(first.getRGB(0, 1)).isEqualTo(0xFF000000);
    }

    @Test
    void of_run_asksForNothingOutside() throws Exception {
        Document page = parsed(SampleRun.record());
        assertThat(all(page, "//@src")).isNotEmpty().allMatch(address -> address.startsWith("data:"));
        assertThat(all(page, "//@href | //script | //link | //iframe | //object"))
                .isEmpty();
        assertThat(all(page, "//style")).noneMatch(style -> style.contains("url(") || style.contains("@import"));
        assertThat(all(page, "//img[not(@alt)] | //th[not(@scope)] | //table[not(caption)]"))
                .isEmpty();
    }

    @Test
    void of_manyClasses_mostConfusedPairs() throws Exception {
        Confusion confusion =
                new Confusion(IntStream.range(0, 60).mapToObj(i -> "c" + i).toList());
        List.of(3, 3, 3, 8).forEach(truth -> confusion.add(truth, 5));
        confusion.add(3, 3);
        Document page = parsed(SampleRun.with(new Judged(confusion, List.of(), false)));
        assertThat(all(page, "//section[h2='Confusion matrix']/p[1]"))
                .containsExactly("Of the first 5 held-out samples, 1 are right (20 %).");
        assertThat(all(page, "//table[caption='The most confused pairs']/tbody/tr/*"))
                .containsExactly("c3", "c5", "3", "75 %", "c8", "c5", "1", "100 %");
    }

    @Test
    void of_imagesOfOtherRanges_scaleSaid() throws Exception {
        assertThat(scaled(3, 0, 255)).contains("0 to 255");
        assertThat(scaled(3, -2, 2)).contains("rescaled: values from -2.000 to 2.000");
        assertThat(scaled(4, 0, 1)).contains("are not drawn");
    }

    private static String scaled(int channels, float low, float high) throws Exception {
        float[] values = new float[channels];
        values[0] = low;
        values[1] = high;
        Sample sample = new Sample(0, Tensor.of(new int[] {1, 1, channels}, values), 0, 0, 1);
        Judged judged = new Judged(new Confusion(List.of("a", "b")), List.of(sample), true);
        judged.confusion().add(0, 0);
        Document page = parsed(SampleRun.with(judged));
        List<String> addresses = all(page, "//img/@src");
        if (channels == 3) {
            int middle = low < 0 ? 0x80 : 0;
            assertThat(image(addresses.get(0)).getRGB(0, 0)).isEqualTo(0xFF000000 | 0xFF00 | middle);
        } else {
            assertThat(addresses).isEmpty();
        }
        return all(page, "//section[h2='Sample predictions']/p").get(0);
    }

    /** A run's epochs and predictions, and nothing that was measured. */
    private static RunRecord bare(RunRecord full, SkippedRecords skipped) {
        return new RunRecord(
                "m",
                "",
                full.epochs(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                RecoveryPoints.NONE,
                skipped,
                full.predictions(),
                Map.of(),
                Map.of());
    }

    @Test
    void of_noClassesAndNoTimes_saidInstead() throws Exception {
        RunRecord full = SampleRun.with(new NotJudged("The loss is mean_squared_error."));
        RunRecord bare = bare(full, SkippedRecords.NONE);
        Document page = parsed(bare);
        assertThat(all(page, "//h2")).containsExactly("Learning curves", "Time per step", "Predictions", "Model");
        assertThat(all(page, "//section[h2='Predictions']/p")).containsExactly("The loss is mean_squared_error.");
        assertThat(all(page, "//section[h2='Time per step']/p")).containsExactly("No times were measured.");
        assertThat(all(page, "//p[@class='lead']").get(0)).startsWith("2 epochs. Best epoch: 2");
    }

    @Test
    void of_recoveries_andWhatTheirPointsCost() throws Exception {
        Document page = parsed(SampleRun.record());
        assertThat(all(page, "//section[h2='Recoveries']/p"))
                .containsExactly(
                        "Training went on after 1 failure, with the same results; 2 steps were done again.",
                        "Recovery points: 3, which paused training for 0.75 s in all, and took at most 0.50 % of the"
                                + " processor time of executors and driver.");
    }

    @Test
    void of_badRecords_countedAndListed() throws Exception {
        RunRecord full = SampleRun.record();
        SkippedRecords skipped = new SkippedRecords(3, List.of("Cannot read <a>", "Cannot read b"));
        Document page = parsed(bare(full, skipped));
        assertThat(all(page, "//section[h2='Bad records']/p"))
                .containsExactly("3 bad records were left out of batches. The first 2 are listed.");
        assertThat(all(page, "//section[h2='Bad records']//tbody//th"))
                .containsExactly("Cannot read <a>", "Cannot read b");
        assertThat(all(parsed(full), "//h2")).doesNotContain("Bad records");
    }

    @Test
    void write_pathAndEpochs_checked() throws IOException {
        Path file = folder.resolve("new/run.html");
        RunPage.write(file, SampleRun.record());
        assertThat(Files.readString(file)).isEqualTo(RunPage.of(SampleRun.record()));
        assertThatThrownBy(() -> RunPage.write(folder.resolve("run.pdf"), SampleRun.record()))
                .hasMessageStartingWith("Invalid `path`: must end in .html or .htm. Received: ");
        RunRecord run = SampleRun.record();
        RunRecord none = new RunRecord(
                "m",
                "",
                new ArrayList<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                RecoveryPoints.NONE,
                SkippedRecords.NONE,
                run.predictions(),
                Map.of(),
                Map.of());
        assertThatThrownBy(() -> RunPage.of(none)).hasMessage("Cannot write a report: no epoch ran");
        Path inFile = file.resolve("run.html");
        assertThatThrownBy(() -> RunPage.write(inFile, run)).hasMessageStartingWith("Cannot write the report to ");
    }
}
