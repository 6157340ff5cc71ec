package org.lockstep.executor.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.apache.spark.network.util.TransportFrameDecoder;

/** Takes a message's body off the wire, into the place that its receiver named. */
final class Inflow implements TransportFrameDecoder.Interceptor {

    private final Link link;
    private final ByteBuffer into;
    private final Runnable whole;

    Inflow(Link link, Receiver.Body body) {
        this.link = link;
        this.into = body.into();
        this.whole = body.whole();
    }

    @Override
    public boolean handle(ByteBuf data) {
        link.heard();
        int end = into.limit();
        into.limit(into.position() + Math.min(data.readableBytes(), into.remaining()));
        data.readBytes(into);
        into.limit(end);
        if (into.hasRemaining()) {
            return true;
        }
        whole.run();
        return false;
    }

    @Override
    public void exceptionCaught(Throwable cause) {
        link.close("its connection broke: " + cause.getMessage());
    }

    @Override
    public void channelInactive() {}
}
