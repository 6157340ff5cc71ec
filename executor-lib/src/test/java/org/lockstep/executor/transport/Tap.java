package org.lockstep.executor.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that passes all on to another, both ways, and keeps what it has seen. */
final class Tap implements AutoCloseable {

    private final ServerSocket listening;
    private final int to;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    Tap(int to) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        start(this::accept);
    }

    private interface Piece {
        void run() throws IOException;
    }

    private static void start(Piece piece) {
        Thread thread = new Thread(() -> {
            try {
                piece.run();
            } catch (IOException e) {
                // Somebody closed a socket: that is how it ends.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket in = listening.accept();
            Socket out = new Socket(InetAddress.getLoopbackAddress(), to);
            sockets.add(in);
            sockets.add(out);
            start(() -> pass(in, out));
            start(() -> pass(out, in));
        }
    }

    private void pass(Socket from, Socket onTo) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = onTo.getOutputStream();
        byte[] bytes = new byte[8192];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            synchronized (seen) {
                seen.write(bytes, 0, count);
            }
            out.write(bytes, 0, count);
        }
        onTo.close();
    }

    int port() {
        return listening.getLocalPort();
    }

    boolean saw(String text) {
        synchronized (seen) {
            return seen.toString(StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
