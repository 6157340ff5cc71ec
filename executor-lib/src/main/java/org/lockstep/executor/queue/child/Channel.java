package org.lockstep.executor.queue.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Frames over two pipes: length, kind, content. Several threads may send, one receives. */
final class Channel {

    /** What a frame is: a call of the parent and its reply; a class file or resource the child asks for and its bytes. */
    enum Kind {
        CALL(1),
        REPLY(2),
        FIND(3),
        FOUND(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("Not a frame: kind " + code);
        }
    }

    record Frame(Kind kind, byte[] content) {}

    private final DataInputStream in;
    private final DataOutputStream out;

    Channel(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    synchronized void send(Kind kind, byte[] content) throws IOException {
        out.writeInt(content.length);
        out.writeByte(kind.code);
        out.write(content);
        out.flush();
    }

    /** The next frame; null when the other side has closed the pipe. */
    @Nullable
    Frame receive() throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        Kind kind = Kind.of(in.readUnsignedByte());
        if (length < 0) {
            throw new IOException("Not a frame: length " + length);
        }
        byte[] content = new byte[length];
        in.readFully(content);
        return new Frame(kind, content);
    }
}
