package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.conf.NetworkConf;
import org.lockstep.executor.MixedKernelsException;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Traffic;
import org.lockstep.executor.rendezvous.Attempt;
import org.lockstep.executor.rendezvous.Headquarters;
import org.lockstep.executor.rendezvous.Table;
import org.lockstep.executor.spark.Directions;
import org.lockstep.executor.spark.NetworkTask;
import org.lockstep.executor.spark.ProcessorTime;
import org.lockstep.executor.spark.SegmentMetrics;
import org.lockstep.executor.spark.SparkPorts;
import org.lockstep.executor.spark.WarmUp;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.executor.transport.Secret;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.WorkerReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One barrier job per segment, its executors exchanging over the network; ended early once in a while, so that a training
 * that loses an executor goes back a little only. It does so by itself, on the executors that are left.
 *
 * <pre>
 * until the segment is done:
 *     attempt:  as many workers as there are slots, from the last point, up to the next recovery point
 *     failed:   name the first cause; the same again, unless nothing is gained for some attempts
 * </pre>
 */
public final class NetworkLauncher implements Launcher {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkLauncher.class);

    /** Until all tasks of a barrier job must have come. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Attempts in a row that do not get further than the one before. */
    private static final int FRUITLESS = 4;

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final NetworkConf conf;
    private final Kernels kernels;
    private final Broadcast<RunOrder> broadcast;
    private final Duration silence;
    private final Secret secret = Secret.random();
    private final Headquarters headquarters;
    private final Recoveries recoveries = new Recoveries();
    private final ColdStart coldStart;
    private final Newcomers newcomers;
    private final PointClock points = new PointClock(System::nanoTime, ProcessorTime::now);
    private final Stragglers stragglers = new Stragglers();
    private int attempts;
    private long held = Point.UNKNOWN;
    private long fingerprint;
    private String lastCrew = "";

    public NetworkLauncher(JavaSparkContext spark, RunOrder order, NetworkConf conf, Kernels kernels) {
        this.spark = spark;
        this.order = order;
        this.conf = conf;
        this.kernels = kernels;
        this.silence = Duration.ofMillis((long) (conf.heartbeatTimeout() * 1000));
        this.headquarters = new Headquarters(
                SparkPorts.settings(
                        spark.getConf().get("spark.driver.bindAddress", null), 0, silence, conf.sharedMemory()),
                secret,
                silent -> LiveExecutors.replaceSoon(spark, silent.executor(), "it says nothing more"));
        this.broadcast = spark.broadcast(order);
        this.coldStart = new ColdStart(silence, PATIENCE);
        LiveCluster cluster = new LiveCluster(
                spark,
                order.model().name() + ": a new executor",
                () -> new WarmUp(broadcast, directions()),
                headquarters::hears);
        this.newcomers = new Newcomers(cluster, order.shards().size(), coldStart, System::nanoTime);
    }

    @Override
    public SegmentOutcome run(Segment segment, TrainState state, SegmentListener listener) {
        ReadingJob.prepare(order);
        Heard heard = new Heard(listener, segment, () -> {
            recoveries.stepEnded();
            points.stepEnded();
        });
        boolean isHeld = held != Point.UNKNOWN && Point.fingerprint(state) == fingerprint;
        Point point = new Point(state, segment.fromStep(), isHeld ? held : Point.UNKNOWN);
        List<WorkerEnd> ended = new ArrayList<>();
        int fruitless = 0;
        int furthest = segment.fromStep();
        try {
            while (true) {
                // What has been heard of is done again where it was lost, and no more if that was the end.
                int to = heard.stops() ? Math.max(heard.next(), point.step() + 1) : segment.toStep();
                int from = point.step();
                AttendedAttempt attempt = attempt(new Segment(segment.window(), point.step(), to), point, heard);
                AttemptEnd end = attempt.run(spark);
                point = attempt.point();
                TrainingException failure = end.failure();
                if (failure == null) {
                    ended.addAll(end.workers());
                    SegmentEnd last = end.workers().get(0).end();
                    remember(point);
                    stragglers.ended(end.workers(), last.nextStep() - from);
                    boolean isPoint = last.reason() == Reason.STOPPED && !heard.stops() && last.nextStep() < to;
                    points.ended(end.workers(), last.nextStep() - from, isPoint);
                    if (isPoint) {
                        heard.reached(point);
                        continue;
                    }
                    return SegmentOutcome.of(segment, point.state(), last, heard.stops(), ended);
                }
                if (failure.isNonFinite()) {
                    return new SegmentOutcome(
                            point.state(), heard.next(), Reason.NON_FINITE, failure, List.of(), List.of());
                }
                fruitless = heard.next() > furthest ? 1 : fruitless + 1;
                furthest = Math.max(furthest, heard.next());
                if (!end.canRecover() || fruitless >= FRUITLESS || heard.isInterrupted()) {
                    throw failure;
                }
                LOG.warn(
                        "{}. Going back from step {} to step {} of epoch {}",
                        failure.getMessage(),
                        heard.next(),
                        point.step(),
                        segment.epoch() + 1);
                LOG.debug("{}", failure.detail());
                points.failed();
                recoveries.failed(segment.epoch(), heard.next(), point.step(), String.valueOf(failure.getMessage()));
                ReadingJob.prepare(order);
            }
        } finally {
            if (heard.isInterrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private AttendedAttempt attempt(Segment part, Point point, Heard heard) {
        int shards = order.shards().size();
        // At first executors may still be on their way; later those that are there do.
        int enough = attempts == 0 ? Math.min(shards, LiveExecutors.expected(spark)) : 1;
        int slots = LiveExecutors.await(spark, enough);
        newcomers.look();
        int workers = Math.min(shards, newcomers.slots(slots));
        attempts++;
        Attempt attempt = new Attempt(
                attempts,
                workers,
                order.tree(),
                stragglers,
                point.version(),
                point.state(),
                order.isSynchronous(),
                PATIENCE);
        NetworkTask task = new NetworkTask(broadcast, part, directions(), SegmentMetrics.of(spark.sc()));
        headquarters.begin(attempt);
        return new AttendedAttempt(
                attempt,
                point,
                part,
                heard,
                order,
                conf.recoveryPeriod(),
                this::introduce,
                newcomers,
                coldStart,
                () -> BarrierJob.start(spark, workers, task::run));
    }

    private Directions directions() {
        return new Directions(
                spark.getConf().get("spark.driver.host"),
                headquarters.port(),
                secret,
                attempts,
                conf.bindAddress(),
                conf.port(),
                silence,
                conf.sharedMemory(),
                PATIENCE,
                kernels.kernel(),
                conf.wire());
    }

    /** Says who takes part, where that has changed. */
    private void introduce(Table table) {
        newcomers.tookPart(table.members().stream().map(Table.Member::executor).toList());
        try {
            kernels.found(table.kernels());
        } catch (MixedKernelsException e) {
            LOG.debug("Each of the workers finds that out, and leaves", e);
        }
        String crew = "%d shards on %d workers on %d executors"
                .formatted(
                        order.shards().size(),
                        table.crew().workers(),
                        table.members().size());
        if (!crew.equals(lastCrew)) {
            lastCrew = crew;
            LOG.info("exchange: network: {}", crew);
            tell(Traffic.of(order.model(), order.compile().optimizer(), order.tree(), table.crew(), conf.wire()));
        }
    }

    private static void tell(Traffic traffic) {
        if (traffic.isNotable()) {
            LOG.info(
                    "exchange: network: up to {} bytes a step from an executor, where {} would do: its shards are no whole"
                            + " part of the tree of sums. As many shards as workers, or both powers of two, are",
                    traffic.most(),
                    Math.round(traffic.least()));
        }
    }

    private void remember(Point point) {
        held = point.version();
        fingerprint = Point.fingerprint(point.state());
    }

    @Override
    public List<WorkerReport> workers() {
        return stragglers.workers();
    }

    @Override
    public List<String> warnings() {
        return stragglers.warnings();
    }

    @Override
    public List<Recovery> recoveries() {
        return recoveries.all();
    }

    @Override
    public RecoveryPoints recoveryPoints() {
        return points.all();
    }

    @Override
    public void close() {
        newcomers.close();
        headquarters.close();
        points.tell();
        if (headquarters.refused() + headquarters.malformed() > 0) {
            LOG.warn(
                    "exchange: network: the driver's port refused {} connections, and dropped {} for malformed messages",
                    headquarters.refused(),
                    headquarters.malformed());
        }
        EndOfRun.everywhere(spark, order.runId());
        broadcast.destroy();
    }
}
