package org.lockstep.executor.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps links, and of each message its number, the length of its body and whether all of it is its number. */
final class Ledger implements Receiver {

    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
    private volatile @Nullable Link link;

    @Override
    public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
        link = from;
        byte number = message.get();
        if (bodyLength == 0) {
            all.add(number + " alone");
            return null;
        }
        ByteBuffer into = ByteBuffer.allocateDirect(bodyLength);
        return new Body(into, () -> all.add(number + " with " + bodyLength + (isAll(into, number) ? "" : " others")));
    }

    private static boolean isAll(ByteBuffer body, byte number) {
        ByteBuffer whole = body.duplicate().clear();
        while (whole.hasRemaining()) {
            if (whole.get() != number) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void asked(Link from, ByteBuffer question, Reply reply) {
        reply.answer(ByteBuffer.allocate(1));
    }

    @Override
    public void closed(Link gone, String reason) {}

    /** What has come and was not asked for. */
    List<String> all() {
        return List.copyOf(all);
    }

    /** What comes next, looked for where it may have been posted. */
    String next() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            Link from = link;
            if (from != null) {
                from.collect();
            }
            String one = all.poll(1, TimeUnit.MILLISECONDS);
            if (one != null) {
                return one;
            }
        }
        throw new AssertionError("nothing comes");
    }
}
