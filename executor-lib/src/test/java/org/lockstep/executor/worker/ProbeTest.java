package org.lockstep.executor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf.Engine;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.step.Networks;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

class ProbeTest {

    private static final Model MODEL = model(Dense.of(10).activation("softmax"));

    /** A JVM that says what it computes with. */
    static final class Elsewhere {

        public static void main(String[] arguments) throws Exception {
            System.out.println("kernel: "
                    + kernel(MODEL, "sparse_categorical_crossentropy").sha256());
        }
    }

    private static Model model(Dense last) {
        return Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(8, 5).activation("relu"),
                BatchNormalization.of(),
                Flatten.of(),
                Dropout.of(0.5),
                last);
    }

    private static Kernel kernel(Model model, String loss) throws Exception {
        RunOrder order = new RunOrder(
                "probe",
                model,
                CompileConf.of("adam", loss, "accuracy"),
                Engine.ONEDNN,
                1,
                List.of(),
                new BatchOrder(16, 0, false),
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
        try (Workplace place =
                new Workplace(order, () -> Networks.create(Engine.ONEDNN, model, order.compile(), order.threads()))) {
            Kernel kernel = place.kernel();
            assertThat(place.kernel()).isSameAs(kernel);
            return kernel;
        }
    }

    @Test
    void sameModel_sameHashEachTime_andSaysWhatComputes() throws Exception {
        Kernel kernel = kernel(MODEL, "sparse_categorical_crossentropy");
        assertThat(kernel(MODEL, "sparse_categorical_crossentropy")).isEqualTo(kernel);
        assertThat(kernel.engine()).startsWith("oneDNN 3.");
        assertThat(kernel.toString()).contains("1 thread(s) for each shard, Java 17", "Linux amd64, gradient ");
    }

    @Test
    void anyLoss_hasAProbe_whichHangsOnIt() throws Exception {
        List<String> hashes = new ArrayList<>();
        hashes.add(kernel(MODEL, "sparse_categorical_crossentropy").sha256());
        hashes.add(kernel(MODEL, "mse").sha256());
        hashes.add(kernel(model(Dense.of(4).activation("softmax")), "categorical_crossentropy")
                .sha256());
        hashes.add(kernel(model(Dense.of(1).activation("sigmoid")), "binary_crossentropy")
                .sha256());
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void otherInstructions_otherHash() throws Exception {
        Kernel here = kernel(MODEL, "sparse_categorical_crossentropy");
        assumeThat(here.engine()).contains("avx512");
        assertThat(elsewhere("DEFAULT")).isEqualTo("kernel: " + here.sha256());
        assertThat(elsewhere("AVX2")).startsWith("kernel: ").isNotEqualTo("kernel: " + here.sha256());
    }

    private static String elsewhere(String instructions) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.canCreateSymbolicLink=false",
                "-cp",
                System.getProperty("java.class.path"),
                Elsewhere.class.getName());
        builder.environment().put("ONEDNN_MAX_CPU_ISA", instructions);
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            List<String> lines = process.inputReader().lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return lines.stream()
                    .filter(line -> line.startsWith("kernel: "))
                    .findFirst()
                    .orElse("");
        } finally {
            process.destroyForcibly();
        }
    }
}
