package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Arrivals;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.Slice;
import org.lockstep.executor.transport.Endpoint;
import org.lockstep.executor.transport.Link;
import org.lockstep.executor.transport.Receiver;
import org.lockstep.executor.transport.Secret;
import org.lockstep.executor.transport.TransportSettings;
import org.lockstep.report.StepReport;

/**
 * What one executor JVM keeps for one run: its port, its line to the driver, and between segments the state that it holds.
 * When the driver closes the line, it ends.
 */
public final class Outpost implements Receiver, AutoCloseable {

    /** Reports on their way that nobody has heard yet; then the first worker waits. */
    private static final int UNHEARD = 1024;

    private final Arrivals arrivals = new Arrivals();
    private final Endpoint endpoint;
    private final DriverLine driver;
    private final Consumer<Outpost> onEnd;
    private final String executor;
    private final Map<Integer, Camp> camps = new HashMap<>();
    private @Nullable Held held;
    private int current;
    private int sent;
    private int heard;
    private boolean goesOn = true;
    private @Nullable Exchange watched;
    private volatile @Nullable String gone;

    /**
     * A state that is right for one executor: all weights, and a slice of the slots.
     *
     * @param version what the driver calls it
     */
    record Held(TrainState state, Slice owned, long version) {}

    /**
     * Opens a port, connects to the driver and says who is there.
     *
     * @param executor Spark's id of this executor
     * @param onEnd told when the driver is gone
     */
    public Outpost(
            TransportSettings settings, Secret secret, String host, int port, String executor, Consumer<Outpost> onEnd)
            throws InterruptedException {
        this.executor = executor;
        this.onEnd = onEnd;
        this.endpoint = Endpoint.open(settings, secret, arrivals);
        try {
            this.driver = new DriverLine(endpoint.connect(host, port, this));
            driver.tell(new Caller(executor, endpoint.host()).message());
        } catch (RuntimeException | InterruptedException e) {
            endpoint.close();
            throw e;
        }
    }

    /** Whether the driver's line has closed. */
    public boolean isOver() {
        return gone != null;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** A task takes part in an attempt: returns when all its tasks have come and all executors are connected. */
    public Seat join(Terms terms, int task) throws InterruptedException {
        Registration one = new Registration(task, executor, endpoint.host(), endpoint.port(), terms.kernel());
        Table table = Table.read(
                line().ask(one.message(terms.attempt()), terms.patience().multipliedBy(2)));
        Kernel.common(table.kernels(), terms.before());
        Camp camp;
        boolean isFirst;
        synchronized (this) {
            camp = camps.get(terms.attempt());
            isFirst = camp == null;
            if (camp == null) {
                camp = new Camp(this, terms, table, table.rank(task));
                camps.put(terms.attempt(), camp);
            }
        }
        try {
            if (isFirst) {
                camp.open();
            }
            return new Seat(this, terms, table, table.worker(task), camp, camp.exchange());
        } catch (RuntimeException | InterruptedException e) {
            camp.leave(false);
            throw e;
        }
    }

    synchronized void strike(int attempt) {
        camps.remove(attempt);
    }

    /** Takes the held state if it is the wanted one, else the driver's; nobody holds it while it is trained. */
    TrainState take(int attempt, Table table, Slice owned, Supplier<TrainState> empty) throws InterruptedException {
        Held before;
        synchronized (this) {
            before = held;
            held = null;
            current = attempt;
            sent = 0;
            heard = 0;
            goesOn = true;
        }
        Held fitting = before != null && before.owned().equals(owned) ? before : null;
        TrainState state = fitting == null ? empty.get() : fitting.state();
        if (fitting == null || fitting.version() != table.version()) {
            line().fetch(attempt, false, state, owned);
        }
        state.progress(table.iterations(), table.learningRate());
        return state;
    }

    void store(int attempt, TrainState state, Slice part) throws InterruptedException {
        line().store(attempt, state, part);
    }

    /** Keeps a state for the next segment. */
    synchronized void hold(Held state) {
        held = state;
    }

    /** Brings the driver a step's state and waits for what it says. Returns whether to go on. */
    boolean agree(int attempt, int rank, TrainState state, Slice owned) throws InterruptedException {
        store(attempt, state, owned);
        ByteBuffer question =
                Call.AGREE.head(attempt, Integer.BYTES).putInt(rank).flip();
        ByteBuffer answer = line().ask(question, null);
        boolean next = answer.get() != 0;
        boolean isChanged = answer.get() != 0;
        state.progress(state.iterations(), answer.getDouble());
        if (isChanged) {
            line().fetch(attempt, true, state, owned);
        }
        return next;
    }

    /** Reports a step; waits only where many have not been heard. Returns whether to go on. */
    boolean report(int attempt, StepReport report, boolean isSynchronous) throws InterruptedException {
        ByteBuffer message = Reported.message(attempt, report);
        if (isSynchronous) {
            driver.tell(message);
            return true;
        }
        driver.tellSoon(message);
        synchronized (this) {
            sent++;
            while (sent - heard > UNHEARD && gone == null) {
                wait();
            }
            return goesOn;
        }
    }

    /** Tells the driver of a failure at once. */
    public void failed(int attempt, int task, boolean isEcho, String reason) {
        byte[] text = Call.bytes(reason);
        ByteBuffer out =
                Call.FAILED.head(attempt, 1 + 2 * Integer.BYTES + text.length).put((byte) (isEcho ? 1 : 0));
        Call.put(out, text);
        driver.tell(out.putInt(task).flip());
    }

    /** The exchange to end if the driver goes. */
    synchronized void watch(Exchange exchange) {
        watched = exchange;
    }

    synchronized void unwatch(Exchange exchange) {
        if (watched == exchange) {
            watched = null;
        }
    }

    private DriverLine line() {
        String reason = gone;
        if (reason != null) {
            throw new IllegalStateException("Cannot go on: the driver is gone: " + reason);
        }
        return driver;
    }

    @Override
    public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
        Call call = Call.of(message.get());
        if (call != Call.HEARD || bodyLength > 0) {
            throw new IllegalArgumentException(call + " from the driver");
        }
        synchronized (this) {
            if (message.getInt() == current) {
                goesOn = message.get() != 0;
                heard = message.getInt();
                notifyAll();
            }
        }
        return null;
    }

    @Override
    public void asked(Link from, ByteBuffer question, Reply reply) {
        throw new IllegalArgumentException("executors answer nothing");
    }

    /** The driver is gone, and with it the run. */
    @Override
    public void closed(Link link, String reason) {
        Exchange open;
        synchronized (this) {
            gone = reason;
            open = watched;
            notifyAll();
        }
        if (open != null) {
            open.abort(new IllegalStateException("the driver is gone: " + reason));
        }
        onEnd.accept(this);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
