package org.lockstep.examples.bench.side;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measurement of one side.
 *
 * @param seconds that the work took
 * @param images worked on
 * @param figures what else was measured, by its key in JSON; see the constants
 */
public record Round(double seconds, long images, Map<String, Double> figures) {

    /** Seconds, of those counted, in which training waited for input: the mean over the workers. */
    public static final String STALL = "stall_seconds";

    /** Seconds before the work, which are not counted: a job's start. */
    public static final String START_UP = "start_up_seconds";

    /** Bytes of the JVM's heap that the measuring thread allocated in a step. */
    public static final String ALLOCATED = "allocated_bytes_per_step";

    /** Milliseconds of the longest pause for garbage in what was counted, 0 for none. */
    public static final String GC_PAUSE = "longest_gc_pause_ms";

    /** Bytes of the process in memory at the round's end, after a full collection. */
    public static final String RESIDENT = "resident_bytes";

    /** Milliseconds from the end of an epoch's last step to the beginning of the next epoch's first. */
    public static final String BOUNDARY = "epoch_boundary_ms";

    /** Milliseconds of a step that went to sums, the update and waiting for others: the mean over the workers. */
    public static final String EXCHANGE = "exchange_ms_per_step";

    public Round {
        if (!(seconds > 0) || images < 1) {
            throw new IllegalArgumentException(
                    "Invalid round: must take time and work on images. Received: %s s, %d images"
                            .formatted(seconds, images));
        }
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }

    public Round(double seconds, long images) {
        this(seconds, images, Map.of());
    }

    public double imagesPerSecond() {
        return images / seconds;
    }

    /** A line that {@link #parse} reads. */
    public String line() {
        StringBuilder line = new StringBuilder(seconds + " " + images);
        figures.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        return line.toString();
    }

    /** The round of a {@link #line}. */
    public static Round parse(String line) {
        String[] words = line.split(" ");
        Map<String, Double> figures = new TreeMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            figures.put(words[i].substring(0, equals), Double.valueOf(words[i].substring(equals + 1)));
        }
        return new Round(Double.parseDouble(words[0]), Long.parseLong(words[1]), figures);
    }
}
