package org.lockstep.executor.queue.child;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running child process. One call at a time. */
final class ChildJvm {

    private static final long LAST_WORDS_MILLIS = 2000;
    private static final int SIGNALS = 128;

    private final Process process;
    private final Channel channel;
    private final ClassLoader classes;
    private final ChildLog log = new ChildLog();
    private final Thread logger;
    private final Thread reader;

    /** Replies; at last an empty one, when there will be no more. */
    private final BlockingQueue<Optional<byte[]>> replies = new LinkedBlockingQueue<>();

    /**
     * Starts a process.
     *
     * @param classes where classes are found that the child lacks
     */
    ChildJvm(List<String> command, ClassLoader classes) {
        try {
            this.process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot start a child process for batches: " + e.getMessage(), e);
        }
        this.classes = classes;
        this.channel = new Channel(process.getInputStream(), process.getOutputStream());
        this.logger = daemon("log", () -> log.follow(process.getErrorStream(), process.pid()));
        this.reader = daemon("replies", this::read);
    }

    private Thread daemon(String job, Runnable work) {
        Thread thread = new Thread(work, "lockstep-child-" + process.pid() + "-" + job);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read() {
        try {
            for (Channel.Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
                switch (frame.kind()) {
                    case REPLY -> replies.add(Optional.of(frame.content()));
                    case FIND -> channel.send(Channel.Kind.FOUND, ParentClasses.answer(frame.content(), classes));
                    default -> throw new IOException("Not for a parent: " + frame.kind());
                }
            }
        } catch (IOException e) {
            System.getLogger(ChildJvm.class.getName())
                    .log(System.Logger.Level.DEBUG, "Child process " + process.pid() + " went away", e);
        } finally {
            replies.add(Optional.empty());
        }
    }

    /** The reply to a call. An interrupt leaves the child in the middle: it must be ended then. */
    byte[] call(byte[] request) throws ChildDiedException, InterruptedException {
        try {
            channel.send(Channel.Kind.CALL, request);
        } catch (IOException e) {
            throw died();
        }
        Optional<byte[]> reply = replies.take();
        if (reply.isEmpty()) {
            throw died();
        }
        return reply.get();
    }

    private ChildDiedException died() throws InterruptedException {
        String end = "had closed its pipe and was killed";
        if (process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
            int code = process.exitValue();
            end = "ended with exit code " + code + (code > SIGNALS ? " (signal " + (code - SIGNALS) + ")" : "");
        }
        end();
        return new ChildDiedException("the child process %d %s. %s".formatted(process.pid(), end, log.tail()));
    }

    /** Kills the process and waits until it is gone. */
    void end() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                // Whoever the child has started may hold its pipes longer than it lived.
                reader.join(LAST_WORDS_MILLIS);
                logger.join(LAST_WORDS_MILLIS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
