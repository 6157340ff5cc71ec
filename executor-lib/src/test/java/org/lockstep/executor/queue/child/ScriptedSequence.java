package org.lockstep.executor.queue.child;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;

/** Batches (hooks heard so far, index, own process); what else a get does depends on the script. */
final class ScriptedSequence implements Sequence {

    /** What happens in the get of index 3, before the batch is made. */
    enum Script {
        NOTHING,
        PRINT,
        THROW,
        HALT,
        HALT_ONCE,
        HANG
    }

    private final Script script;
    private final String marker;
    private int hooks;

    ScriptedSequence(Script script, Path marker) {
        this.script = script;
        this.marker = marker.toString();
    }

    @Override
    public int length() {
        return 6;
    }

    @Override
    public void onEpochBegin(int epoch) {
        hooks++;
    }

    @Override
    public void onEpochEnd() {
        hooks++;
    }

    @Override
    public Batch get(int index) {
        if (index == 3) {
            try {
                act();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Tensor x = Tensor.of(new int[] {1, 2}, hooks, index);
        return new Batch(
                x, Tensor.of(new int[] {1}, (float) ProcessHandle.current().pid()));
    }

    private void act() throws IOException {
        switch (script) {
            case NOTHING -> {}
            case PRINT -> {
                System.out.println("decoding by Java");
                try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
                    raw.write("decoding by C\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                }
            }
            case THROW -> throw new IllegalStateException("record 17 is broken");
            case HALT -> halt();
            case HALT_ONCE -> {
                if (!Files.exists(Path.of(marker))) {
                    Files.createFile(Path.of(marker));
                    halt();
                }
            }
            case HANG -> {
                Files.createFile(Path.of(marker));
                synchronized (this) {
                    while (hooks >= 0) {
                        try {
                            wait();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            }
        }
    }

    private static void halt() {
        System.err.println("decoder: corrupt state");
        Runtime.getRuntime().halt(3);
    }
}
