package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.executor.step.Networks;
import org.lockstep.model.Model;

/** What a CPU does that has fewer instructions than a model asks for; oneDNN is told so in a JVM of its own. */
class LesserCpuTest {

    private static List<String> gradients(String instructions) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.apache.logging.log4j.level=WARN",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gradients.class.getName())
                .redirectErrorStream(true);
        command.environment().put("ONEDNN_MAX_CPU_ISA", instructions);
        Process process = command.start();
        try (BufferedReader lines = process.inputReader()) {
            List<String> output = lines.lines().toList();
            assertThat(process.waitFor()).as(String.join("\n", output)).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void mixedBfloat16_withoutInstructions_computesInFloat32AndSaysSo() throws Exception {
        assumeTrue(Networks.describe(ClusterConf.Engine.ONEDNN, 1).contains("avx"), "not an x86 CPU with AVX2");
        List<String> output = gradients("AVX2");
        String float32 = find(output, "float32 ");
        assertThat(find(output, "mixed_bfloat16 ").split(" ")[1]).isEqualTo(float32.split(" ")[1]);
        assertThat(output).anyMatch(line -> line.contains("This CPU has no bfloat16 instructions (avx2)"));
    }

    private static String find(List<String> output, String start) {
        return output.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", output)));
    }

    /** Prints a hash of LeNet's gradient under each dtype policy. */
    static final class Gradients {
        private Gradients() {}

        public static void main(String[] args) {
            for (String dtype : List.of("float32", "mixed_bfloat16")) {
                Model model = StepTiming.lenet().dtype(dtype);
                Batch batch = WholeNetworkTest.batch(model, 4, 10);
                try (Bench bench =
                        WholeNetworkTest.bench(model, CompileConf.of("sgd", "sparse_categorical_crossentropy"), 1)) {
                    bench.train(batch);
                    System.out.println(dtype + " " + Arrays.hashCode(bench.gradient()));
                }
            }
        }
    }
}
