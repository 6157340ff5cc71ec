package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.transport.Link;
import org.lockstep.executor.transport.Receiver.Reply;
import org.lockstep.report.StepReport;

/**
 * One attempt at a segment, as the driver sees it: who has come, what was reported, what it ends with, what went wrong
 * first. The port's threads write; the thread that called {@code fit} reads and answers.
 */
public final class Attempt {

    private final int number;
    private final int tasks;
    private final CanonicalTree tree;
    private final Deal deal;
    private final long version;
    private final TrainState begin;
    private final TrainState end;
    private final boolean isSynchronous;
    private final long deadline;
    private final Duration patience;
    private final Map<Integer, Registration> registered = new HashMap<>();
    private final List<Reply> waiting = new ArrayList<>();
    private final Map<Integer, Reply> agreeing = new HashMap<>();
    private final BlockingQueue<StepReport> reports = new LinkedBlockingQueue<>();
    private @Nullable Table table;
    private @Nullable Link reporter;
    private @Nullable StepReport unheard;
    private @Nullable Failure failure;

    /** Who is given how many shards. */
    public interface Deal {
        /**
         * Shards of each worker, in the order of the executors' ranks and their tasks; empty to deal evenly. Must not wait.
         *
         * @param shards of the run
         */
        List<Integer> of(List<Table.Member> members, int shards);
    }

    /**
     * What went wrong.
     *
     * @param isEcho whether it only repeats another's failure
     * @param lost Spark's id of the executor whose line broke; null where another thing happened
     */
    public record Failure(
            String reason, boolean isEcho, @Nullable String lost) {}

    /**
     * An attempt that waits for its tasks.
     *
     * @param number unique in the run
     * @param tree of the run's shards
     * @param deal of the shards
     * @param version of the state that it begins with
     * @param patience until all tasks must have come
     */
    public Attempt(
            int number,
            int tasks,
            CanonicalTree tree,
            Deal deal,
            long version,
            TrainState begin,
            boolean isSynchronous,
            Duration patience) {
        this.number = number;
        this.tasks = tasks;
        this.tree = tree;
        this.deal = deal;
        this.version = version;
        this.begin = begin;
        this.end = begin.copy();
        this.isSynchronous = isSynchronous;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    public int number() {
        return number;
    }

    /** What the executors have brought back so far. */
    public TrainState state() {
        return end;
    }

    synchronized void register(Registration one, Reply reply) {
        if (failure != null) {
            reply.answer(Answers.refusal(failure.reason()));
            return;
        }
        if (one.task() < 0 || one.task() >= tasks) {
            throw new IllegalArgumentException("there is no task " + one.task());
        }
        registered.put(one.task(), one);
        waiting.add(reply);
        if (registered.size() == tasks) {
            List<Table.Member> members = Table.members(List.copyOf(registered.values()));
            Table whole = new Table(
                    version, begin.iterations(), begin.learningRate(), members, deal.of(members, tree.shards()));
            table = whole;
            waiting.forEach(each -> each.answer(Answers.of(whole.message())));
            waiting.clear();
        }
    }

    /** Who takes part, once all have come. */
    public synchronized @Nullable Table table() {
        return table;
    }

    /** Fails the attempt where tasks have not come in time. */
    public synchronized void checkDeadline() {
        if (failure == null && isLate()) {
            giveUp("tasks %s of %d did not come within %d seconds; those that came run on %s"
                    .formatted(missing(), tasks, patience.toSeconds(), places()));
        }
    }

    /** Whether tasks have not come in time. */
    public synchronized boolean isLate() {
        return table == null && System.nanoTime() > deadline;
    }

    /** Fails the attempt for a reason that the driver has. */
    public synchronized void giveUp(String reason) {
        fail(new Failure(reason, false, null));
    }

    public int tasks() {
        return tasks;
    }

    /** Tasks that have not come. */
    public synchronized List<Integer> missing() {
        return IntStream.range(0, tasks)
                .filter(task -> !registered.containsKey(task))
                .boxed()
                .toList();
    }

    private List<String> places() {
        return registered.values().stream().map(Registration::place).distinct().toList();
    }

    void fetch(boolean atEnd, Chunk chunk, Reply reply) {
        TrainState state = atEnd ? end : begin;
        chunk.check(state);
        ByteBuffer content = ByteBuffer.allocate(1 + chunk.size()).put((byte) 1);
        chunk.copy(state, content);
        reply.answer(content.flip());
    }

    void store(Chunk chunk, ByteBuffer content, Reply reply) {
        chunk.check(end);
        chunk.put(end, content);
        reply.answer(Answers.done());
    }

    synchronized void reported(Link from, StepReport report) {
        reporter = from;
        if (isSynchronous) {
            unheard = report;
        } else {
            reports.add(report);
        }
    }

    /** An executor has brought its part of a step's state and waits. */
    synchronized void agree(int rank, Reply reply) {
        Table whole = table;
        if (!isSynchronous
                || whole == null
                || rank < 0
                || rank >= whole.members().size()) {
            throw new IllegalArgumentException("nobody is to wait");
        }
        agreeing.put(rank, reply);
        if (agreeing.size() == whole.members().size() && unheard != null) {
            reports.add(unheard);
            unheard = null;
        }
    }

    /** The next step's report; in a synchronous run the state is the step's, and all executors wait. */
    public @Nullable StepReport poll(long millis) throws InterruptedException {
        return reports.poll(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * A report was heard.
     *
     * @param heard how many so far
     * @param isChanged whether executors must fetch the state anew
     */
    public synchronized void heard(int heard, boolean goesOn, boolean isChanged) {
        if (isSynchronous) {
            ByteBuffer content = ByteBuffer.allocate(2 + Double.BYTES)
                    .put((byte) (goesOn ? 1 : 0))
                    .put((byte) (isChanged ? 1 : 0))
                    .putDouble(end.learningRate())
                    .flip();
            agreeing.values().forEach(reply -> reply.answer(Answers.of(content.duplicate())));
            agreeing.clear();
        } else if (reporter != null) {
            ByteBuffer message = Call.HEARD
                    .head(number, 1 + Integer.BYTES)
                    .put((byte) (goesOn ? 1 : 0))
                    .putInt(heard)
                    .flip();
            if (goesOn) {
                reporter.sendSoon(message);
            } else {
                reporter.send(message);
            }
        }
    }

    synchronized void failed(boolean isEcho, String reason, int task) {
        Registration one = registered.get(task);
        fail(new Failure(one == null ? reason : "%s [%s]".formatted(reason, place(one.caller())), isEcho, null));
    }

    /** An executor's line is gone. One that has not come to the attempt yet may be waited for. */
    synchronized void lost(Caller one, String reason) {
        boolean isMember =
                registered.values().stream().anyMatch(other -> other.executor().equals(one.executor()));
        if (isMember || table == null) {
            fail(new Failure(place(one) + ": " + reason, false, one.executor()));
        }
    }

    /** Fails the attempt, before all have come, because of an executor that says nothing. */
    public synchronized void lost(String executor, String reason) {
        fail(new Failure(reason, false, executor));
    }

    /** The executor, and what was there. */
    private String place(Caller one) {
        ShardRange shards = table == null ? null : table.shards(one.executor(), tree);
        return shards == null ? one.place() : one.place() + ", shards " + shards;
    }

    /** The first cause stays; an echo gives way to a cause. */
    private void fail(Failure next) {
        if (failure == null || (failure.isEcho() && !next.isEcho())) {
            failure = next;
        }
        waiting.forEach(each -> each.answer(Answers.refusal(next.reason())));
        waiting.clear();
        agreeing.values().forEach(each -> each.answer(Answers.refusal(next.reason())));
        agreeing.clear();
    }

    /** What went wrong first, as far as it is known; null where all is well. */
    public synchronized @Nullable Failure failure() {
        return failure;
    }
}
