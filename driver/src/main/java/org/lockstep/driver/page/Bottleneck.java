package org.lockstep.driver.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lockstep.driver.markup.Figures;
import org.lockstep.report.EpochTimes;
import org.lockstep.report.QueueTimes;

/**
 * What held the steps up.
 *
 * @param isInput whether waiting for batches took more than a tenth of the step time, on average or on one shard
 * @param sentence that says so, by how much, and what helps
 */
public record Bottleneck(boolean isInput, String sentence) {

    private static final double MATTERS = 0.1;

    /**
     * Judges a run's times.
     *
     * @param settings of which {@code workers} and {@code max_queue_size} are named
     */
    public static Bottleneck of(List<EpochTimes> times, List<QueueTimes> queues, Map<String, String> settings) {
        EpochTimes total = EpochTimes.total(times);
        Optional<QueueTimes> slowest = queues.stream()
                .max(Comparator.comparingDouble(QueueTimes::stallShare)
                        .thenComparing(QueueTimes::shard, Comparator.reverseOrder()));
        double mean = total.stallShare();
        double lost = Math.max(mean, slowest.map(QueueTimes::stallShare).orElse(0.0));
        if (lost > MATTERS) {
            return new Bottleneck(true, input(total, mean, lost, slowest) + advice(settings));
        }
        String waits = "Workers waited " + Figures.percent(mean) + " of the step time for batches";
        if (total.exchange() > total.compute()) {
            return new Bottleneck(
                    false,
                    "The exchange is the bottleneck: it took " + Figures.percent(share(total.exchange(), total))
                            + " of the step time, computing " + Figures.percent(share(total.compute(), total))
                            + ". Larger batches or fewer shards make it rarer. " + waits + ".");
        }
        return new Bottleneck(
                false,
                "Input keeps up. " + waits + "; computing took " + Figures.percent(share(total.compute(), total))
                        + ".");
    }

    private static String input(EpochTimes total, double mean, double lost, Optional<QueueTimes> slowest) {
        long without = Math.round(total.parts() * (1 - lost));
        String longest = slowest.map(
                        queue -> " (shard " + queue.shard() + " longest, " + Figures.percent(queue.stallShare()) + ")")
                .orElse("");
        String quicker = without <= 0
                ? ""
                : " Without this waiting, training would have taken about " + Figures.duration(without) + " instead of "
                        + Figures.duration(total.parts())
                        + String.format(Locale.ROOT, ": %.1f times as fast.", 1 / (1 - lost));
        return "Input is the bottleneck: workers waited " + Figures.percent(mean) + " of the step time for batches"
                + longest + "." + quicker;
    }

    private static String advice(Map<String, String> settings) {
        return " Raise workers" + now(settings, "workers") + ", or make what reads a batch cheaper; a larger"
                + " max_queue_size" + now(settings, "max_queue_size") + " helps only where reading is uneven.";
    }

    private static String now(Map<String, String> settings, String name) {
        return settings.containsKey(name) ? " (now " + settings.get(name) + ")" : "";
    }

    private static double share(long part, EpochTimes total) {
        return total.parts() == 0 ? 0 : (double) part / total.parts();
    }
}
