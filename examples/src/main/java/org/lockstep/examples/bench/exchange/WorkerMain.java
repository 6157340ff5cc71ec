package org.lockstep.examples.bench.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.process.ChildEnd;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.executor.exchange.Meeting;
import org.lockstep.executor.exchange.NetworkExchange;
import org.lockstep.executor.transport.Secret;
import org.lockstep.model.Model;

/**
 * The JVM of one worker of an exchange among processes. Arguments: the address to listen at, and
 * whether it shares memory with others of its machine. Obeys these lines:
 *
 * <pre>
 * open SECRET                                → port
 * meet ATTEMPT RANK MODEL HOST:PORT,…        → met
 * run STEPS                                  → seconds of all steps, bytes sent meanwhile
 * part                                       → parted
 * </pre>
 */
final class WorkerMain {

    private static final Path DEVICES = Path.of("/proc/self/net/dev");
    private static final int SENT_COLUMN = 8;

    private final String host;
    private final boolean sharesMemory;
    private @Nullable Station station;
    private @Nullable NetworkExchange exchange;
    private @Nullable Work work;

    private WorkerMain(String host, boolean sharesMemory) {
        this.host = host;
        this.sharesMemory = sharesMemory;
    }

    public static void main(String[] arguments) throws Exception {
        ChildEnd parent = ChildEnd.take();
        WorkerMain worker = new WorkerMain(arguments[0], Boolean.parseBoolean(arguments[1]));
        for (String line = parent.next(); line != null; line = parent.next()) {
            parent.answer(worker.obey(line.split(" ")));
        }
        // Whatever threads the port has left.
        System.exit(0);
    }

    private String obey(String[] words) throws Exception {
        return switch (words[0]) {
            case "open" -> open(words[1]);
            case "meet" -> meet(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3], words[4]);
            case "run" -> run(Integer.parseInt(words[1]));
            case "part" -> part();
            default -> throw new IllegalArgumentException("Cannot obey: " + words[0]);
        };
    }

    private String open(String secret) throws IOException, ClassNotFoundException {
        byte[] bytes = Base64.getDecoder().decode(secret);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            station = new Station(host, (Secret) in.readObject(), sharesMemory);
        }
        return Integer.toString(station.address().port());
    }

    private String meet(int attempt, int rank, String model, String ports) throws InterruptedException {
        List<Meeting.Address> addresses = new ArrayList<>();
        for (String one : ports.split(",")) {
            int colon = one.indexOf(':');
            addresses.add(new Meeting.Address(one.substring(0, colon), Integer.parseInt(one.substring(colon + 1))));
        }
        Model network = BenchModel.of(model).network();
        work = new Work(rank, network.layout().gradientLength());
        exchange = Objects.requireNonNull(station).join(attempt, network, rank, addresses);
        return "met";
    }

    private String run(int steps) throws IOException, InterruptedException {
        NetworkExchange met = Objects.requireNonNull(exchange);
        Work.settle(met);
        long before = sent();
        double seconds = Objects.requireNonNull(work).steps(met, steps);
        Work.settle(met);
        return seconds + " " + (sent() - before);
    }

    private String part() {
        Objects.requireNonNull(exchange).close();
        exchange = null;
        return "parted";
    }

    /** Bytes that all interfaces of this process's network have sent. */
    private static long sent() throws IOException {
        long sum = 0;
        for (String line : Files.readAllLines(DEVICES)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                sum += Long.parseLong(line.substring(colon + 1).trim().split(" +")[SENT_COLUMN]);
            }
        }
        return sum;
    }
}
