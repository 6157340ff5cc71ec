package org.lockstep.executor.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an accepted connection until it has proven the secret: lets pass small questions only, few of them, and
 * for a few seconds. Whoever sends anything else is disconnected and counted, at the cost of some bytes. For the
 * connection's own thread.
 */
final class Gate extends ChannelInboundHandlerAdapter {

    /** All bytes before the proof: the handshake's 200, and up to 2 KB where Spark's own authentication comes first. */
    private static final int BUDGET = 8192;

    /** Of Spark's frames: their length, with itself, and the type of message. */
    private static final int HEADER = Long.BYTES + 1;

    /** Spark's number of a question. */
    private static final byte QUESTION = 3;

    private final Refusals refusals;
    private volatile @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private int budget = BUDGET;
    private int inHeader;
    private long length;
    private long left;
    private boolean isOpen;
    private boolean isRefused;

    Gate(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        deadline = added.executor()
                .schedule(
                        () -> refuse("it did not prove the secret in time"),
                        Endpoint.PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS);
        Gate first = refusals.waits(this);
        if (first != null) {
            first.giveWay();
        }
    }

    /** From any thread. */
    private void giveWay() {
        ChannelHandlerContext own = context;
        if (own != null) {
            own.executor().execute(() -> refuse("too many connections wait, and it is the first of them"));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (isRefused || (!isOpen && !isAllowed(bytes))) {
            bytes.release();
            refuse("it does not keep to the protocol");
            return;
        }
        at.fireChannelRead(bytes);
    }

    /** Looks at the frames without taking bytes out. */
    private boolean isAllowed(ByteBuf bytes) {
        budget -= bytes.readableBytes();
        if (budget < 0) {
            return false;
        }
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (left > 0) {
                int skipped = (int) Math.min(left, bytes.writerIndex() - at);
                left -= skipped;
                at += skipped;
            } else if (!header(bytes.getByte(at++))) {
                return false;
            }
        }
        return true;
    }

    private boolean header(byte next) {
        inHeader++;
        if (inHeader < HEADER) {
            length = (length << Byte.SIZE) | (next & 0xFF);
            return true;
        }
        boolean allowed = next == QUESTION && length > HEADER && length <= BUDGET;
        left = length - HEADER;
        inHeader = 0;
        length = 0;
        return allowed;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Lets the connection in. */
    void open() {
        isOpen = true;
        cancelDeadline();
        if (context != null) {
            refusals.entered(this);
            context.pipeline().remove(this);
        }
    }

    /** Disconnects, and counts a stranger. */
    void refuse(String reason) {
        if (isOpen || isRefused || context == null) {
            return;
        }
        isRefused = true;
        cancelDeadline();
        refusals.refused(this, context.channel().remoteAddress(), reason);
        var unused = context.close();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        refuse("it left before the handshake");
        at.fireChannelInactive();
    }

    /** A stranger's broken connection is nobody's error. */
    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        refuse("its connection broke: " + cause.getMessage());
    }
}
