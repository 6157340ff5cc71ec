package org.lockstep.executor.step.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** oneDNN's shared libraries, loaded once. */
final class Natives {

    private static final Map<Integer, String> ISA_NAMES = Map.ofEntries(
            Map.entry(dnnl.dnnl_cpu_isa_sse41, "sse41"),
            Map.entry(dnnl.dnnl_cpu_isa_avx, "avx"),
            Map.entry(dnnl.dnnl_cpu_isa_avx2, "avx2"),
            Map.entry(dnnl.dnnl_cpu_isa_avx2_vnni, "avx2_vnni"),
            Map.entry(dnnl.dnnl_cpu_isa_avx2_vnni_2, "avx2_vnni_2"),
            Map.entry(dnnl.dnnl_cpu_isa_avx512_core, "avx512_core"),
            Map.entry(dnnl.dnnl_cpu_isa_avx512_core_vnni, "avx512_core_vnni"),
            Map.entry(dnnl.dnnl_cpu_isa_avx512_core_bf16, "avx512_core_bf16"),
            Map.entry(dnnl.dnnl_cpu_isa_avx512_core_fp16, "avx512_core_fp16"),
            Map.entry(dnnl.dnnl_cpu_isa_avx512_core_amx, "avx512_core_amx"),
            Map.entry(dnnl.dnnl_cpu_isa_avx512_core_amx_fp16, "avx512_core_amx_fp16"),
            Map.entry(dnnl.dnnl_cpu_isa_avx10_2_512, "avx10_2_512"));

    private Natives() {}

    /**
     * Loads the libraries, if that was not done before.
     *
     * @throws IllegalStateException if they are not on the class path or do not load
     */
    static void load() {
        try {
            Loader.load(dnnl.class);
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
        int isa = dnnl.dnnl_get_effective_cpu_isa();
        return "oneDNN %d.%d.%d, %s"
                .formatted(
                        version.major(), version.minor(), version.patch(), ISA_NAMES.getOrDefault(isa, "isa " + isa));
    }
}
