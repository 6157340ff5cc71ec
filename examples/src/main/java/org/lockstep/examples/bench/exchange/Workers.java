package org.lockstep.examples.bench.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lockstep.examples.bench.process.Conversation;
import org.lockstep.executor.transport.Secret;

/** Worker processes on one net, of which the first so many take part in an exchange. */
public final class Workers implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final Net net;
    private final List<Conversation> processes = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final boolean sharesMemory;
    private int attempts;

    private Workers(Net net, boolean sharesMemory) {
        this.net = net;
        this.sharesMemory = sharesMemory;
    }

    /**
     * Starts them.
     *
     * @param pin words before a command that pin it to processors
     */
    private static Workers start(Net net, int count, List<String> pin, boolean sharesMemory) {
        Workers workers = new Workers(net, sharesMemory);
        try {
            workers.open(count, pin);
            return workers;
        } catch (RuntimeException e) {
            workers.close();
            throw e;
        }
    }

    /** Starts them in namespaces, which the caller closes after them. */
    public static Workers in(Namespaces namespaces, int count, List<String> pin) {
        return start(namespaces, count, pin, false);
    }

    /**
     * Starts them on the loopback interface.
     *
     * @param sharesMemory whether gradients and weights go through memory, as between executors of one machine
     */
    public static Workers onLoopback(int count, List<String> pin, boolean sharesMemory) {
        return start(new Net.Loopback(), count, pin, sharesMemory);
    }

    private void open(int count, List<String> pin) {
        for (int worker = 0; worker < count; worker++) {
            List<String> command = new ArrayList<>(net.prefix(worker));
            command.addAll(pin);
            command.addAll(Conversation.java(System.getProperty("java.class.path"), OPTIONS, WorkerMain.class));
            command.add(net.host(worker));
            command.add(Boolean.toString(sharesMemory));
            processes.add(new Conversation("worker " + worker, command, Map.of()));
        }
        String secret = secret();
        processes.forEach(process -> process.say("open " + secret));
        for (int worker = 0; worker < count; worker++) {
            addresses.add(net.host(worker) + ":" + processes.get(worker).answer());
        }
    }

    /** Over the pipe to a child: nobody else reads it. */
    private static String secret() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Secret.random());
            out.flush();
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String describe() {
        return net.describe();
    }

    /** The first so many meet. */
    Meter meet(String model, int workers) {
        attempts++;
        String all = addresses.stream().limit(workers).collect(Collectors.joining(","));
        List<Conversation> crew = processes.subList(0, workers);
        for (int rank = 0; rank < workers; rank++) {
            crew.get(rank).say("meet %d %d %s %s".formatted(attempts, rank, model, all));
        }
        crew.forEach(Conversation::answer);
        return new Crew(List.copyOf(crew), net.isIsolated());
    }

    private record Crew(List<Conversation> members, boolean isIsolated) implements Meter {

        @Override
        public Reading read(int steps) {
            members.forEach(member -> member.say("run " + steps));
            double longest = 0;
            double sent = 0;
            for (Conversation member : members) {
                String[] words = member.answer().split(" ");
                longest = Math.max(longest, Double.parseDouble(words[0]));
                // On a shared interface each has counted what all have sent.
                sent += Double.parseDouble(words[1]) / (isIsolated ? 1 : members.size());
            }
            return new Reading(longest / steps, sent / members.size() / steps);
        }

        @Override
        public void close() {
            members.forEach(member -> member.say("part"));
            members.forEach(Conversation::answer);
        }
    }

    @Override
    public void close() {
        processes.forEach(Conversation::close);
    }
}
