package org.lockstep.examples.bench.exchange;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.examples.programs.Programs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network namespace for each worker, all plugged into a bridge in one more: links whose speed can be set, and on which
 * nothing else goes. Linux with iproute2, for root alone.
 */
public final class Namespaces implements Net {

    /** Why the kernel or the system refuses. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Namespaces.class);
    private static final String DEVICE = "eth0";

    /** Bytes that a link lets through at once: some large packets. */
    private static final long BURST = 128 << 10;

    /** Bytes that may wait before a link: all that the others send at once. */
    private static final long QUEUE = 64 << 20;

    /** Packets that may be on their way. */
    private static final int IN_FLIGHT = 100_000;

    private final String name = "lockstep-" + ProcessHandle.current().pid();
    private final List<String> made = new ArrayList<>();
    private final Thread hook = new Thread(this::remove);
    private boolean isShaped;

    private Namespaces() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes them.
     *
     * @throws RefusedException where that cannot be, with the reason; nothing is left
     */
    public static Namespaces open(int workers) throws RefusedException {
        Namespaces namespaces = new Namespaces();
        try {
            namespaces.make(workers);
            return namespaces;
        } catch (RefusedException e) {
            namespaces.close();
            throw e;
        }
    }

    private void make(int workers) throws RefusedException {
        add(hub());
        ip(hub(), "link", "add", "bridge", "type", "bridge");
        ip(hub(), "link", "set", "bridge", "up");
        for (int worker = 0; worker < workers; worker++) {
            String own = of(worker);
            add(own);
            ip(hub(), "link", "add", port(worker), "type", "veth", "peer", "name", DEVICE, "netns", own);
            ip(hub(), "link", "set", port(worker), "master", "bridge", "up");
            ip(own, "addr", "add", host(worker) + "/24", "dev", DEVICE);
            ip(own, "link", "set", DEVICE, "up");
            ip(own, "link", "set", "lo", "up");
        }
    }

    private void add(String namespace) throws RefusedException {
        run("ip", "netns", "add", namespace);
        made.add(namespace);
    }

    /**
     * Gives each worker a link of that speed, each way, and that delay.
     *
     * @return whether the delay is there: not all kernels have what it takes; else only the speed is
     * @throws RefusedException where not even the speed can be set
     */
    public boolean shape(Link link) throws RefusedException {
        unshape();
        isShaped = true;
        boolean isDelayed = link.delay() > 0;
        for (int worker = 0; worker < made.size() - 1; worker++) {
            limit(hub(), port(worker), link);
            if (isDelayed) {
                isDelayed = delay(worker, link);
            }
            if (!isDelayed) {
                limit(of(worker), DEVICE, link);
            }
        }
        return isDelayed || link.delay() == 0;
    }

    private static void limit(String namespace, String device, Link link) throws RefusedException {
        tc(
                namespace,
                device,
                "replace",
                "tbf",
                "rate",
                link.bitsPerSecond() + "bit",
                "burst",
                Long.toString(BURST),
                "limit",
                Long.toString(QUEUE));
    }

    private boolean delay(int worker, Link link) {
        long micros = Math.round(link.delay() * 1e6);
        try {
            tc(
                    of(worker),
                    DEVICE,
                    "replace",
                    "netem",
                    "delay",
                    micros + "us",
                    "rate",
                    link.bitsPerSecond() + "bit",
                    "limit",
                    Integer.toString(IN_FLIGHT));
            return true;
        } catch (RefusedException e) {
            LOG.info("{}", e.getMessage());
            return false;
        }
    }

    /** Takes all limits off. */
    public void unshape() throws RefusedException {
        if (isShaped) {
            for (int worker = 0; worker < made.size() - 1; worker++) {
                tc(hub(), port(worker), "del");
                tc(of(worker), DEVICE, "del");
            }
            isShaped = false;
        }
    }

    private static void tc(String namespace, String device, String verb, String... discipline) throws RefusedException {
        List<String> command = new ArrayList<>(List.of("tc", "-n", namespace, "qdisc", verb, "dev", device, "root"));
        command.addAll(List.of(discipline));
        run(command.toArray(String[]::new));
    }

    private static void ip(String namespace, String... words) throws RefusedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(words));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws RefusedException {
        try {
            Programs.run(command);
        } catch (IllegalStateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private String hub() {
        return name + "-hub";
    }

    private String of(int worker) {
        return name + "-" + worker;
    }

    private static String port(int worker) {
        return "port" + worker;
    }

    @Override
    public String describe() {
        return "network namespaces on one bridge";
    }

    @Override
    public String host(int worker) {
        return "10.0.0." + (worker + 1);
    }

    @Override
    public List<String> prefix(int worker) {
        return List.of("ip", "netns", "exec", of(worker));
    }

    @Override
    public boolean isIsolated() {
        return true;
    }

    private synchronized void remove() {
        for (String namespace : List.copyOf(made)) {
            try {
                run("ip", "netns", "del", namespace);
                made.remove(namespace);
            } catch (RefusedException e) {
                LOG.warn("Cannot remove a network namespace: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
