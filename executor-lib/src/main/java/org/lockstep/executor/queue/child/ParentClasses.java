package org.lockstep.executor.queue.child;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** In a child: classes and resources that are not on its class path, from the parent's task. */
final class ParentClasses extends ClassLoader {

    private final Channel channel;
    private final AtomicInteger lastRequest = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Optional<byte[]>>> requests = new ConcurrentHashMap<>();

    ParentClasses(Channel channel) {
        super("parent", ParentClasses.class.getClassLoader());
        this.channel = channel;
    }

    /** In the parent: the answer to a request, from the task's class loader. */
    static byte[] answer(byte[] request, ClassLoader loader) {
        String name = new String(request, Integer.BYTES, request.length - Integer.BYTES, StandardCharsets.UTF_8);
        byte[] content = null;
        try (InputStream in = loader.getResourceAsStream(name)) {
            content = in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            System.getLogger(ParentClasses.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot read " + name + " for a child process", e);
        }
        byte[] bytes = content == null ? new byte[0] : content;
        return ByteBuffer.allocate(Integer.BYTES + 1 + bytes.length)
                .put(request, 0, Integer.BYTES)
                .put((byte) (content == null ? 0 : 1))
                .put(bytes)
                .array();
    }

    /** Hands an answer to the thread that waits for it. */
    void found(byte[] answer) {
        CompletableFuture<Optional<byte[]>> request =
                requests.remove(ByteBuffer.wrap(answer).getInt());
        if (request != null) {
            boolean isThere = answer[Integer.BYTES] != 0;
            request.complete(
                    isThere
                            ? Optional.of(Arrays.copyOfRange(answer, Integer.BYTES + 1, answer.length))
                            : Optional.empty());
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = ask(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] bytes = ask(name);
        if (bytes == null) {
            return null;
        }
        try {
            return new URL(null, "parent:" + name, new InMemory(bytes));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Cannot name a resource: " + name, e);
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    private byte @Nullable [] ask(String name) {
        int number = lastRequest.incrementAndGet();
        CompletableFuture<Optional<byte[]>> request = new CompletableFuture<>();
        requests.put(number, request);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        try {
            channel.send(
                    Channel.Kind.FIND,
                    ByteBuffer.allocate(Integer.BYTES + text.length)
                            .putInt(number)
                            .put(text)
                            .array());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot ask the parent for " + name, e);
        }
        return request.join().orElse(null);
    }

    private static final class InMemory extends URLStreamHandler {

        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }
            };
        }
    }
}
