package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lockstep.executor.rendezvous.Attempt;
import org.lockstep.executor.rendezvous.Table;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.report.WorkerReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast each executor is at what it does itself, computing and waiting for batches, as the ends of segments' parts tell.
 * One that is slower than its peers, part after part, is named, and given fewer shards where all end sooner then. Placement
 * changes no bit. Thread-safe: the driver's port deals.
 */
final class Stragglers implements Attempt.Deal {

    private static final Logger LOG = LoggerFactory.getLogger(Stragglers.class);

    /** Times the median of the others. */
    private static final double SLOW = 1.3;

    /** Milliseconds for a shard's part of a step: less is noise. */
    private static final double MATTERS = 1;

    /** Parts in a row. */
    private static final int CONSISTENT = 3;

    /** Of a part; fewer say little. */
    private static final int STEPS = 10;

    /** What another deal must bring: part of the time that an even one takes. */
    private static final double WORTH_IT = 0.85;

    private final Map<String, WorkerReport> all = new TreeMap<>();
    private final Map<String, Double> latest = new HashMap<>();
    private final Map<String, Integer> slowParts = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private List<Integer> lastDeal = List.of();

    /**
     * A part of a segment has ended.
     *
     * @param steps of it
     */
    synchronized void ended(List<WorkerEnd> ends, int steps) {
        Map<String, WorkerReport> part = new LinkedHashMap<>();
        for (WorkerEnd end : ends) {
            WorkerReport one = new WorkerReport(
                    end.place(), steps, (long) steps * end.shards(), end.end().timing());
            part.merge(end.executor(), one, WorkerReport::plus);
        }
        part.forEach((executor, report) -> all.merge(executor, report, WorkerReport::plus));
        if (steps >= STEPS) {
            part.values().removeIf(report -> report.shardSteps() == 0);
            part.forEach((executor, report) -> latest.put(executor, report.ownMillis()));
            part.forEach((executor, report) -> judge(executor, report, part));
        }
    }

    private void judge(String executor, WorkerReport report, Map<String, WorkerReport> part) {
        List<Double> others = part.entrySet().stream()
                .filter(other -> !other.getKey().equals(executor))
                .map(other -> other.getValue().ownMillis())
                .toList();
        double own = report.ownMillis();
        double usual = others.isEmpty() ? own : median(others);
        boolean isSlow = own > SLOW * usual && own - usual > MATTERS;
        int slow = isSlow ? slowParts.getOrDefault(executor, 0) + 1 : 0;
        slowParts.put(executor, slow);
        if (!isSlow) {
            named.remove(executor);
        } else if (slow >= CONSISTENT && named.add(executor)) {
            String warning = "%s is slower than its peers: %.1f ms for a shard's part of a step, theirs is %.1f ms"
                    .formatted(report.place(), own, usual);
            LOG.warn("{}", warning);
            warnings.add(warning);
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public synchronized List<Integer> of(List<Table.Member> members, int shards) {
        List<Integer> deal = members.stream().anyMatch(member -> named.contains(member.executor()))
                ? uneven(members, shards)
                : List.of();
        if (!deal.equals(lastDeal)) {
            lastDeal = deal;
            LOG.info("Shards are dealt anew: {}", deal.isEmpty() ? "evenly" : deal + " to the workers");
        }
        return deal;
    }

    private List<Integer> uneven(List<Table.Member> members, int shards) {
        List<Double> others = new ArrayList<>();
        for (Table.Member member : members) {
            Double known = latest.get(member.executor());
            if (known != null && !named.contains(member.executor())) {
                others.add(known);
            }
        }
        if (others.isEmpty()) {
            return List.of();
        }
        double usual = median(others);
        List<Double> millis = new ArrayList<>();
        for (Table.Member member : members) {
            Double known = latest.get(member.executor());
            double own = known == null || !named.contains(member.executor()) ? usual : known;
            member.tasks().forEach(task -> millis.add(own));
        }
        List<Integer> dealt = soonest(millis, shards);
        int workers = millis.size();
        List<Integer> even = IntStream.range(0, workers)
                .mapToObj(worker -> (int) ((long) shards * (worker + 1) / workers - (long) shards * worker / workers))
                .toList();
        return longest(millis, dealt) < WORTH_IT * longest(millis, even) ? dealt : List.of();
    }

    /** A shard for each worker, then each to the one that would end it first. */
    private static List<Integer> soonest(List<Double> millis, int shards) {
        int[] dealt = new int[millis.size()];
        Arrays.fill(dealt, 1);
        for (int shard = dealt.length; shard < shards; shard++) {
            int best = 0;
            for (int worker = 1; worker < dealt.length; worker++) {
                if ((dealt[worker] + 1) * millis.get(worker) < (dealt[best] + 1) * millis.get(best)) {
                    best = worker;
                }
            }
            dealt[best]++;
        }
        return IntStream.of(dealt).boxed().toList();
    }

    private static double longest(List<Double> millis, List<Integer> dealt) {
        return IntStream.range(0, dealt.size())
                .mapToDouble(worker -> dealt.get(worker) * millis.get(worker))
                .max()
                .orElse(0);
    }

    /** Where each executor's time went. */
    synchronized List<WorkerReport> workers() {
        return List.copyOf(all.values());
    }

    /** What was said of slow ones. */
    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }
}
