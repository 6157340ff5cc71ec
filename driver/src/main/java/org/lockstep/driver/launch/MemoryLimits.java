package org.lockstep.driver.launch;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one JVM may take, in bytes; {@link #NONE} where nothing limits it.
 *
 * @param heap that is left when Spark has reserved its part
 * @param direct of direct buffers
 * @param physical of the whole process, as JavaCPP looks at it
 * @param outside of all that is not heap, in a container that the cluster ends when it takes more
 * @param options the setting that takes JVM options; null where there is none
 */
record MemoryLimits(
        long heap,
        long direct,
        long physical,
        long outside,
        String memory,
        @Nullable String options) {

    static final long NONE = Long.MAX_VALUE;

    /** Of a heap by Spark, for itself. */
    static final long RESERVED = 300L << 20;

    private static final long LEAST_OVERHEAD = 384L << 20;
    private static final double OVERHEAD = 0.1;
    private static final Pattern SIZE = Pattern.compile("(\\d+)([kmgt]?)b?", Pattern.CASE_INSENSITIVE);

    /** An executor's, as its settings say. */
    static MemoryLimits executor(SparkConf conf, String master) {
        long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
        String options = conf.get("spark.executor.defaultJavaOptions", "") + " "
                + conf.get("spark.executor.extraJavaOptions", "");
        return of(
                heap, options, outside(conf, master, heap), "spark.executor.memory", "spark.executor.extraJavaOptions");
    }

    /** This JVM's. */
    static MemoryLimits here(String options) {
        return of(
                Runtime.getRuntime().maxMemory(),
                options,
                NONE,
                "spark.driver.memory",
                "spark.driver.extraJavaOptions");
    }

    private static MemoryLimits of(long heap, String options, long outside, String memory, String setting) {
        long direct = size(options, "-XX:MaxDirectMemorySize=", heap, heap);
        long bytes = size(options, "-Dorg.bytedeco.javacpp.maxbytes=", heap, heap);
        // JavaCPP's own default; 0 looks at nothing.
        long physical =
                size(options, "-Dorg.bytedeco.javacpp.maxphysicalbytes=", bytes == 0 ? 0 : bytes + 3 * heap, heap);
        return new MemoryLimits(
                Math.max(0, heap - RESERVED), direct, physical == 0 ? NONE : physical, outside, memory, setting);
    }

    /** Only these clusters look at it. */
    private static long outside(SparkConf conf, String master, long heap) {
        if (!master.startsWith("yarn") && !master.startsWith("k8s")) {
            return NONE;
        }
        double factor = conf.getDouble("spark.executor.memoryOverheadFactor", OVERHEAD);
        long usual = Math.max(LEAST_OVERHEAD, (long) (heap * factor));
        return conf.contains("spark.executor.memoryOverhead")
                ? conf.getSizeAsMb("spark.executor.memoryOverhead") << 20
                : usual;
    }

    /** The value of the last option of that name, in any case of letters. */
    private static long size(String options, String name, long otherwise, long whole) {
        String text = "";
        for (String option : options.strip().split("\\s+")) {
            if (option.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT))) {
                text = option.substring(name.length());
            }
        }
        if (text.endsWith("%")) {
            return (long) (whole * Double.parseDouble(text.substring(0, text.length() - 1)) / 100);
        }
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return otherwise;
        }
        int shift = 10 * " kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
        return Long.parseLong(matcher.group(1)) << (matcher.group(2).isEmpty() ? 0 : shift);
    }
}
