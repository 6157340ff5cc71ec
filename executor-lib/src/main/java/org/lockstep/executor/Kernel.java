package org.lockstep.executor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM computes gradients with. Two whose hashes are equal compute alike; the rest is for a reader, who wants to know
 * why two do not.
 *
 * @param sha256 of the gradient of a fixed batch, in hexadecimal
 * @param engine its version and the instruction set that it uses
 * @param threads that compute one shard's gradient
 * @param java the JDK's version
 * @param platform the operating system and the kind of processor
 */
public record Kernel(String sha256, String engine, int threads, String java, String platform) implements Serializable {

    private static final int SHOWN = 12;

    /** What this JVM is, apart from what it computes. */
    public static Kernel here(String sha256, String engine, int threads) {
        return new Kernel(
                sha256,
                engine,
                threads,
                "Java " + System.getProperty("java.vm.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** Whether gradients have the same bits. */
    public boolean computesLike(Kernel other) {
        return sha256.equals(other.sha256);
    }

    /**
     * What all of some places compute with.
     *
     * @param byPlace at least one
     * @param before what the run has computed with so far; null where there is nothing to go on with
     * @throws MixedKernelsException if they differ among each other, or from that
     */
    public static Kernel common(Map<String, Kernel> byPlace, @Nullable Kernel before) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        Map<String, Kernel> kernels = new LinkedHashMap<>();
        byPlace.forEach((place, kernel) -> {
            kernels.putIfAbsent(kernel.sha256, kernel);
            places.computeIfAbsent(kernel.sha256, key -> new ArrayList<>()).add(place);
        });
        Kernel first = kernels.values().iterator().next();
        if (kernels.size() > 1) {
            List<String> groups = new ArrayList<>();
            kernels.forEach((hash, kernel) -> groups.add(String.join(", ", places.get(hash)) + ": " + kernel));
            Kernel other = new ArrayList<>(kernels.values()).get(1);
            throw MixedKernelsException.among(groups, first.differences(other));
        }
        if (before != null && !first.computesLike(before)) {
            throw MixedKernelsException.since(before, first, before.differences(first));
        }
        return first;
    }

    /** What differs besides the hash: the likely causes. */
    private List<String> differences(Kernel other) {
        List<String> differences = new ArrayList<>();
        add("engine and instruction set", engine, other.engine, differences);
        add("threads for each shard", threads, other.threads, differences);
        add("JDK", java, other.java, differences);
        add("platform", platform, other.platform, differences);
        return differences;
    }

    private static void add(String what, Object mine, Object other, List<String> differences) {
        if (!mine.equals(other)) {
            differences.add("%s (%s, %s)".formatted(what, mine, other));
        }
    }

    @Override
    public String toString() {
        return "%s, %d thread(s) for each shard, %s, %s, gradient %s"
                .formatted(engine, threads, java, platform, sha256.substring(0, Math.min(SHOWN, sha256.length())));
    }
}
