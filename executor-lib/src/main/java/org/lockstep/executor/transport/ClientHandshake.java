package org.lockstep.executor.transport;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;

/** The connecting end's part of the {@link Handshake}. */
record ClientHandshake(Secret secret, boolean sharesMemory) implements TransportClientBootstrap {

    @Override
    public void doBootstrap(TransportClient client, Channel channel) {
        ByteBuffer challenge = ask(client, Handshake.hello());
        byte[] serverNonce = Handshake.take(challenge);
        byte[] clientNonce = Secret.nonce();
        // From the answer on, the other end may send.
        Link.on(client, Endpoint.NOBODY, sharesMemory);
        byte[] given = Handshake.take(ask(client, Handshake.response(secret, serverNonce, clientNonce)));
        if (!Handshake.isProof(secret.proof(Handshake.SERVER, serverNonce, clientNonce), given)) {
            throw new SecurityException(
                    "Cannot trust " + client.getSocketAddress() + ": it does not know the run's secret");
        }
    }

    private static ByteBuffer ask(TransportClient client, ByteBuffer message) {
        ByteBuffer answer = client.sendRpcSync(message, Endpoint.PATIENCE.toMillis());
        if (answer.remaining() != Secret.LENGTH) {
            throw new SecurityException("Cannot trust " + client.getSocketAddress() + ": it answers "
                    + answer.remaining() + " bytes to the handshake");
        }
        return answer;
    }
}
