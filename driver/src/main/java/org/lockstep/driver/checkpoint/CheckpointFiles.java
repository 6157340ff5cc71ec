package org.lockstep.driver.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.lockstep.data.BadDataException;
import org.lockstep.data.storage.StoredFolder;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.executor.TrainState;

/**
 * The files of one checkpoint.
 *
 * <pre>
 * ckpt-3-120.weights.h5       weights and optimizer, as Keras's save_weights writes them
 * ckpt-3-120.callbacks.bin    arrays that callbacks remember, where there are any
 * ckpt-3-120.json             everything else, and lengths and checksums of the two; written last
 * </pre>
 */
record CheckpointFiles(StoredFolder folder) {

    private static final String WEIGHTS = ".weights.h5";
    private static final String ARRAYS = ".callbacks.bin";
    private static final String METADATA = ".json";

    /** Files of checkpoints, and what a process that was killed left of the writing of them or of the manifest. */
    private static final Pattern OURS = Pattern.compile(
            "ckpt-\\d+-\\d+(-\\d+)?\\.(weights\\.h5|callbacks\\.bin|json)|\\.{1,2}(ckpt-\\d|manifest\\.json).*\\.tmp(\\.crc)?");

    static boolean isOurs(String file) {
        return OURS.matcher(file).matches();
    }

    static boolean isMetadata(String file) {
        return isOurs(file) && file.endsWith(METADATA);
    }

    /** Writes all files. */
    Entry write(String name, long sequence, Checkpoint checkpoint, RunIdentity run) {
        CallbackCodec codec = new CallbackCodec();
        List<?> callbacks = codec.encode(checkpoint.callbacks());
        List<KeptFile> files = new ArrayList<>();
        SavedModel saved = new SavedModel(run.model(), run.compile(), checkpoint.state());
        files.add(KeptFile.write(folder, name + WEIGHTS, out -> KerasFile.writeWeights(out, saved)));
        if (codec.hasArrays()) {
            files.add(KeptFile.write(folder, name + ARRAYS, codec::write));
        }
        byte[] metadata = Sealed.seal(Metadata.plain(new Entry(name, sequence, files), checkpoint, callbacks, run));
        files.add(KeptFile.write(folder, name + METADATA, out -> out.write(metadata)));
        return new Entry(name, sequence, files);
    }

    /** The entry that a metadata file stands for. */
    Entry entry(String metadata) {
        byte[] bytes = KeptFile.bytes(folder, metadata);
        Entry arrays = Entry.of(Sealed.open(bytes, folder.file(metadata).toString()));
        List<KeptFile> files = new ArrayList<>(arrays.files());
        files.add(KeptFile.of(metadata, bytes));
        return new Entry(arrays.name(), arrays.sequence(), files);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws BadDataException if any of its bytes is not as it was written
     * @throws IllegalArgumentException if it is of another run
     */
    Checkpoint read(Entry entry, RunIdentity run) {
        for (KeptFile file : entry.files()) {
            file.check(folder);
        }
        String metadataName = entry.name() + METADATA;
        String metadataFile = folder.file(metadataName).toString();
        Fields metadata = Sealed.open(KeptFile.bytes(folder, metadataName), metadataFile);
        run.check(metadata.object("run").values(), metadataFile);
        TrainState state = state(entry, metadata, run);
        String arrays = entry.name() + ARRAYS;
        boolean hasArrays = entry.files().stream().anyMatch(file -> file.name().equals(arrays));
        return Metadata.checkpoint(metadata, state, hasArrays ? KeptFile.bytes(folder, arrays) : new byte[0]);
    }

    private TrainState state(Entry entry, Fields metadata, RunIdentity run) {
        TrainState empty = TrainState.create(run.model().layout(), run.compile().optimizer());
        String weights = folder.file(entry.name() + WEIGHTS).uri();
        TrainState state = KerasFile.loadWeights(weights, new SavedModel(run.model(), run.compile(), empty))
                .state();
        Fields numbers = metadata.object("state");
        state.progress(numbers.wide("iterations"), numbers.number("learning_rate"));
        state.cursor(Metadata.cursor(metadata.object("cursor")));
        if (!state.sha256().equals(numbers.text("sha256"))) {
            throw BadDataException.at(
                    metadata.file(), "state", "the state in its files is not the one that was written");
        }
        return state;
    }
}
