package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.javacpp.Loader;
import org.lockstep.executor.step.Uninterrupted;

/** oneDNN's shared libraries, loaded once. */
final class Natives {

    private static final int BFLOAT16_ISA = cpu_isa.avx512_core_bf16.value;

    private static volatile boolean isLoaded;

    private Natives() {}

    /**
     * Loads the libraries, if that was not done before.
     *
     * @throws IllegalStateException if they are not on the class path or do not load
     */
    static void load() {
        if (isLoaded) {
            return;
        }
        try {
            Uninterrupted.run(() -> Loader.load(dnnl.class));
            isLoaded = true;
        } catch (LinkageError e) {
            String platform = Loader.getPlatform();
            throw new IllegalStateException(
                    ("Cannot start engine `onednn`: oneDNN's native library for %s does not load. Put the %s jars of "
                                    + "org.bytedeco:javacpp, org.bytedeco:dnnl and org.bytedeco:opencl on the class path, "
                                    + "or choose engine `dl4j`.")
                            .formatted(platform, platform),
                    e);
        }
    }

    /** oneDNN's version and the instruction set it uses here: {@code oneDNN 3.11.0, avx512_core_bf16}. */
    static String describe() {
        load();
        dnnl_version_t version = dnnl.dnnl_version();
        return "oneDNN %d.%d.%d, %s".formatted(version.major(), version.minor(), version.patch(), instructionSet());
    }

    /** The instruction set that oneDNN uses here; off x86 the CPU's architecture. */
    static String instructionSet() {
        load();
        return isX86() ? instructionSet(dnnl.dnnl_get_effective_cpu_isa()) : System.getProperty("os.arch");
    }

    /** On other CPUs oneDNN counts instruction sets by the same numbers, but JavaCPP has the names for x86 only. */
    private static boolean isX86() {
        return Loader.getPlatform().endsWith("x86_64");
    }

    /** Whether the CPU has instructions for these numbers. */
    static boolean knows(Numbers numbers) {
        load();
        return isX86() ? knows(numbers, dnnl.dnnl_get_effective_cpu_isa()) : numbers == Numbers.FLOAT32;
    }

    private static boolean knows(Numbers numbers, int isa) {
        return numbers != Numbers.BFLOAT16 || (isa & BFLOAT16_ISA) == BFLOAT16_ISA;
    }

    private static String instructionSet(int isa) {
        for (cpu_isa candidate : cpu_isa.values()) {
            if (candidate.value == isa && candidate != cpu_isa.isa_default) {
                return candidate.name();
            }
        }
        return "instruction set " + isa;
    }
}
