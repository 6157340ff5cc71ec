package org.lockstep.examples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The machine a benchmark ran on. */
final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    static Map<String, Object> describe(Processors processors) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpu", cpu());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("arch", System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("load_before", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        machine.put("processors", processors.describe());
        return machine;
    }

    /** Whether the engine can compute in bfloat16, as far as Linux tells. */
    static boolean knowsBfloat16() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.anyMatch(line -> line.startsWith("flags") && line.contains(" avx512_bf16"));
        } catch (IOException e) {
            return false;
        }
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
