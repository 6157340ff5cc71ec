package org.lockstep.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/** Copies of user-written data, so that shards of one JVM are as far apart as those of several. */
final class Copies {

    private Copies() {}

    /** A deep copy, its classes seen as this thread sees them. */
    @SuppressWarnings("unchecked") // a copy is of its original's class
    static <T extends Serializable> T of(T original) {
        String name = original.getClass().getName();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(original);
            }
            try (ObjectInputStream in = new ThreadsClasses(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Cannot copy %s for a shard: it and all that it holds must be serializable: %s".formatted(name, e),
                    e);
        }
    }

    private static final class ThreadsClasses extends ObjectInputStream {

        ThreadsClasses(ByteArrayInputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            try {
                return Class.forName(type.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(type);
            }
        }
    }
}
