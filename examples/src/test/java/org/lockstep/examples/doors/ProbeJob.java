package org.lockstep.examples.doors;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.factory.Nd4j;

/** A Spark application whose tasks use both engines' natives and print one line each. */
public final class ProbeJob {

    private ProbeJob() {}

    public static void main(String[] arguments) {
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setAppName("probe"))) {
            List<String> lines =
                    context.parallelize(List.of(2, 3), 2).map(ProbeJob::probe).collect();
            lines.forEach(System.out::println);
        }
    }

    private static String probe(int size) {
        double sum =
                Nd4j.ones(size, size).mmul(Nd4j.ones(size, size)).sumNumber().doubleValue();
        try (engine cpu = new engine(engine.kind.cpu, 0)) {
            List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
            return "probe: executor=%s nd4j=%.0f onednn=%d.%d %s opened=%s logger=%s"
                    .formatted(
                            SparkEnv.get().executorId().equals("driver") ? "driver" : "remote",
                            sum,
                            dnnl.dnnl_version().major(),
                            dnnl.dnnl_version().minor(),
                            cpu.get_kind().intern(),
                            options.contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"),
                            System.getProperty("org.bytedeco.javacpp.logger"));
        }
    }
}
