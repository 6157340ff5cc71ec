package org.lockstep.examples.bench.ours;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.lockstep.examples.bench.side.Round;

/** What training does to this JVM: the longest pause for garbage, and the size of the process. */
final class JvmWatch {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String SIZE = "VmRSS:";

    private final AtomicLong longest = new AtomicLong();

    /** Watches from now on. */
    JvmWatch() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, none) -> heard((CompositeData) notification.getUserData()), null, null);
        }
    }

    private void heard(CompositeData data) {
        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
        if (!info.getGcCause().equals("System.gc()")) {
            longest.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
        }
    }

    /** Forgets the pauses so far. */
    void begin() {
        longest.set(0);
    }

    /**
     * What there is to say since {@link #begin}; without Linux not the size. That is taken after a full collection, so that it
     * is what the JVM holds, and not how much of its heap it has come to touch.
     */
    Map<String, Double> figures() {
        Map<String, Double> figures = new HashMap<>();
        figures.put(Round.GC_PAUSE, (double) longest.get());
        System.gc();
        try (Stream<String> lines = Files.lines(STATUS)) {
            lines.filter(line -> line.startsWith(SIZE))
                    .findFirst()
                    .ifPresent(
                            line -> figures.put(Round.RESIDENT, 1024 * Double.parseDouble(line.replaceAll("\\D", ""))));
        } catch (IOException e) {
            // No Linux.
        }
        return figures;
    }
}
