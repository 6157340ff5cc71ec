package org.lockstep.callbacks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.lockstep.callbacks.tensorboard.EventFile;
import org.lockstep.data.storage.StoredFolder;

/** The two folders of event files that TensorBoard shows side by side; each gets a file when something is written. */
final class EventFolders {

    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";

    private final StoredFolder logDir;
    private final Map<String, EventFile> files = new TreeMap<>();

    EventFolders(String logDir) {
        this.logDir = StoredFolder.of(logDir);
    }

    EventFile train() {
        return file(TRAIN);
    }

    EventFile validation() {
        return file(VALIDATION);
    }

    private EventFile file(String part) {
        return files.computeIfAbsent(part, name -> EventFile.create(folder(name)));
    }

    private StoredFolder folder(String part) {
        return new StoredFolder(logDir.uri() + "/" + part);
    }

    void flush() {
        files.values().forEach(EventFile::flush);
    }

    /** What is written later goes to new files. */
    void close() {
        files.values().forEach(EventFile::close);
        files.clear();
    }

    /** The name and the length of each file now; what is in them others can read. */
    Map<String, Object> state() {
        flush();
        Map<String, Object> state = new LinkedHashMap<>();
        files.forEach((part, file) -> {
            state.put(part, file.name());
            state.put(part + "_length", file.length());
        });
        return state;
    }

    /** Goes on with the files as they were; one that is not there any more begins anew. */
    void restore(Map<String, Object> state) {
        for (String part : new String[] {TRAIN, VALIDATION}) {
            if (state.get(part) instanceof String name && folder(part).names().contains(name)) {
                EventFile fresh = files.remove(part);
                if (fresh != null) {
                    fresh.discard();
                }
                long length = new Saved(state).wide(part + "_length", 0);
                files.put(part, EventFile.continuing(folder(part), name, length));
            }
        }
    }
}
