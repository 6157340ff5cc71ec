package org.lockstep.driver.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One checkpoint in a folder.
 *
 * @param name {@code ckpt-EPOCH-STEP}, with {@code -2}, {@code -3}, … where that is taken
 * @param sequence 1 more than that of the checkpoint written before
 * @param files all of it, the metadata last
 */
record Entry(String name, long sequence, List<KeptFile> files) {

    Entry {
        files = List.copyOf(files);
    }

    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", name);
        plain.put("sequence", sequence);
        plain.put("files", files.stream().map(KeptFile::plain).toList());
        return plain;
    }

    static Entry of(Fields fields) {
        return new Entry(fields.text("name"), fields.wide("sequence"), fields.objects("files", KeptFile::of));
    }
}
