package org.lockstep.executor.transport;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.jspecify.annotations.Nullable;

/** The listening end's part of the {@link Handshake}, for one connection: until it is done, nothing else passes. */
final class ServerHandshake extends RpcHandler {

    private final Secret secret;
    private final Gate gate;
    private final RpcHandler inside;
    private byte @Nullable [] nonce;

    ServerHandshake(Secret secret, Gate gate, RpcHandler inside) {
        this.secret = secret;
        this.gate = gate;
        this.inside = inside;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        if (gate.isOpen()) {
            inside.receive(client, message, callback);
        } else if (nonce == null) {
            challenge(message, callback);
        } else {
            verify(nonce, client, message, callback);
        }
    }

    private void challenge(ByteBuffer message, RpcResponseCallback callback) {
        if (!Handshake.isHello(message)) {
            gate.refuse("it does not say hello");
            return;
        }
        byte[] fresh = Secret.nonce();
        nonce = fresh;
        callback.onSuccess(ByteBuffer.wrap(fresh));
    }

    private void verify(byte[] serverNonce, TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        if (message.remaining() != 2 * Secret.LENGTH) {
            gate.refuse("it does not respond to the challenge");
            return;
        }
        byte[] clientNonce = Handshake.take(message);
        byte[] given = Handshake.take(message);
        if (!Handshake.isProof(secret.proof(Handshake.CLIENT, serverNonce, clientNonce), given)) {
            gate.refuse("it does not know the run's secret");
            return;
        }
        gate.open();
        inside.channelActive(client);
        callback.onSuccess(ByteBuffer.wrap(secret.proof(Handshake.SERVER, serverNonce, clientNonce)));
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        if (gate.isOpen()) {
            inside.receive(client, message);
        } else {
            gate.refuse("it speaks before the handshake");
        }
    }

    @Override
    public @Nullable StreamCallbackWithID receiveStream(
            TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
        gate.refuse("it sends a stream");
        return null;
    }

    @Override
    public StreamManager getStreamManager() {
        return inside.getStreamManager();
    }

    /** Told when it is let in instead. */
    @Override
    public void channelActive(TransportClient client) {}

    @Override
    public void channelInactive(TransportClient client) {
        if (gate.isOpen()) {
            inside.channelInactive(client);
        }
    }

    @Override
    public void exceptionCaught(Throwable cause, TransportClient client) {
        if (gate.isOpen()) {
            inside.exceptionCaught(cause, client);
        }
    }
}
