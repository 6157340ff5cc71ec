package org.lockstep.driver.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.lockstep.data.BadDataException;
import org.lockstep.data.storage.StoredFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which checkpoints a folder has: what its manifest says or, where that is missing or damaged, what lies there. */
record Index(StoredFolder folder) {

    static final String MANIFEST = "manifest.json";

    private static final Logger LOG = LoggerFactory.getLogger(Index.class);

    /** All entries, oldest first. */
    List<Entry> read() {
        List<String> names = folder.names();
        if (names.contains(MANIFEST)) {
            try {
                byte[] bytes = KeptFile.bytes(folder, MANIFEST);
                return Sealed.open(bytes, folder.file(MANIFEST).toString()).objects("checkpoints", Entry::of);
            } catch (BadDataException e) {
                LOG.warn("{}. Looking at all checkpoints in {} instead", e.getMessage(), folder);
            }
        }
        return scan(names);
    }

    private List<Entry> scan(List<String> names) {
        CheckpointFiles files = new CheckpointFiles(folder);
        List<Entry> found = new ArrayList<>();
        for (String name : names) {
            if (CheckpointFiles.isMetadata(name)) {
                try {
                    found.add(files.entry(name));
                } catch (BadDataException e) {
                    LOG.warn("{}. This checkpoint is not used", e.getMessage());
                }
            }
        }
        found.sort(Comparator.comparingLong(Entry::sequence));
        return List.copyOf(found);
    }

    /** Replaces the manifest: from now on these are the checkpoints. */
    void write(List<Entry> entries) {
        byte[] manifest = Sealed.seal(
                Map.of("checkpoints", entries.stream().map(Entry::plain).toList()));
        folder.file(MANIFEST).write(out -> out.write(manifest));
    }
}
