package org.lockstep.executor.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * How two ends prove to each other that they know the run's secret, before anything else is said.
 *
 * <pre>
 * client: hello       magic, version, byte order
 * server: challenge   its nonce
 * client: response    its nonce, HMAC("client", both nonces)
 * server: welcome     HMAC("server", both nonces)
 * </pre>
 *
 * <p>Nonces are fresh for each connection, so that what was overheard proves nothing later; the roles differ, so that a
 * proof cannot be sent back to its maker.
 */
final class Handshake {

    private static final int MAGIC = 0x4C4B5354;
    private static final byte VERSION = 1;
    private static final int HELLO = Integer.BYTES + 2;
    static final String CLIENT = "lockstep client";
    static final String SERVER = "lockstep server";

    private Handshake() {}

    static ByteBuffer hello() {
        return ByteBuffer.allocate(HELLO)
                .putInt(MAGIC)
                .put(VERSION)
                .put(order())
                .flip();
    }

    /** Numbers go over the wire as they lie in memory. */
    private static byte order() {
        return (byte) (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 2);
    }

    static boolean isHello(ByteBuffer message) {
        return message.remaining() == HELLO
                && message.getInt() == MAGIC
                && message.get() == VERSION
                && message.get() == order();
    }

    static ByteBuffer response(Secret secret, byte[] serverNonce, byte[] clientNonce) {
        byte[] proof = secret.proof(CLIENT, serverNonce, clientNonce);
        return ByteBuffer.allocate(2 * Secret.LENGTH)
                .put(clientNonce)
                .put(proof)
                .flip();
    }

    /** Compares in a time that does not depend on where two proofs differ. */
    static boolean isProof(byte[] expected, byte[] given) {
        return MessageDigest.isEqual(expected, given);
    }

    static byte[] take(ByteBuffer message) {
        byte[] bytes = new byte[Secret.LENGTH];
        message.get(bytes);
        return bytes;
    }
}
