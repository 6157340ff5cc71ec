package org.lockstep.executor.queue.child;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A child process: one thread does what the parent asks, in order; this one listens. When the parent closes the pipe or
 * dies, the process ends at once, whatever it is at.
 */
public final class ChildMain {

    private ChildMain() {}

    /** Serves until the parent is gone. */
    public static void main(String[] args) throws IOException {
        Channel channel =
                new Channel(new FileInputStream(FileDescriptor.in), new FileOutputStream(ChildCommand.REPLIES));
        System.setIn(InputStream.nullInputStream());
        ParentClasses classes = new ParentClasses(channel);
        BlockingQueue<byte[]> calls = new LinkedBlockingQueue<>();
        Thread server = new Thread(() -> serve(channel, classes, calls), "lockstep-child");
        server.setContextClassLoader(classes);
        server.setDaemon(true);
        server.start();
        try {
            Channel.Frame frame = channel.receive();
            while (frame != null) {
                switch (frame.kind()) {
                    case CALL -> calls.add(frame.content());
                    case FOUND -> classes.found(frame.content());
                    default -> throw new IOException("Not for a child: " + frame.kind());
                }
                frame = channel.receive();
            }
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void serve(Channel channel, ParentClasses classes, BlockingQueue<byte[]> calls) {
        OpenFeeds feeds = new OpenFeeds(classes);
        try {
            while (true) {
                channel.send(Channel.Kind.REPLY, feeds.answer(calls.take()));
            }
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
