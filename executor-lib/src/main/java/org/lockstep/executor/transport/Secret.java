package org.lockstep.executor.transport;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** 256 random bits that the JVMs of one run share. They travel inside Spark's task data only, and are never printed. */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String ALGORITHM = "HmacSHA256";

    /** Bytes of a nonce, and of a proof. */
    static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /** A new one. */
    public static Secret random() {
        return new Secret(nonce());
    }

    static byte[] nonce() {
        byte[] nonce = new byte[LENGTH];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    /** HMAC-SHA256 over the role of who proves and the nonces of both ends of a connection. */
    byte[] proof(String role, byte[] serverNonce, byte[] clientNonce) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(role.getBytes(StandardCharsets.US_ASCII));
            mac.update(serverNonce);
            mac.update(clientNonce);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot authenticate: every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
