package org.lockstep.driver.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.Json;
import org.lockstep.data.BadDataException;

/**
 * JSON files that hold their own SHA-256 in their first entry, taken with zeros in its place: no byte of such a file
 * changes unnoticed. The second entry is the format's version; every version is sealed in this way.
 */
final class Sealed {

    /** The version of what the files say. */
    static final int FORMAT = 1;

    private static final String KEY = "sha256";
    private static final String BLANK = "0".repeat(64);

    private Sealed() {}

    static byte[] seal(Map<String, ? extends @Nullable Object> content) {
        return seal(content, FORMAT);
    }

    static byte[] seal(Map<String, ? extends @Nullable Object> content, int format) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(KEY, BLANK);
        all.put("format", format);
        all.putAll(content);
        String blank = Json.writePretty(all) + "\n";
        return blank.replaceFirst(BLANK, digest(blank)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The content of a sealed file.
     *
     * @param file for messages
     * @throws BadDataException if it is not as it was sealed
     * @throws CheckpointException if a newer version wrote it
     */
    static Fields open(byte[] bytes, String file) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Fields fields = new Fields(parsed(text, file), file);
        String seal = fields.text(KEY);
        if (seal.length() != BLANK.length()
                || !digest(text.replace(seal, BLANK)).equals(seal)) {
            throw new BadDataException("Cannot read " + file + ": its checksum is wrong: the file is damaged");
        }
        int format = fields.integer("format");
        if (format > FORMAT) {
            throw new CheckpointException(
                    "Cannot read %s: a newer version of Lockstep wrote it, in format %d. This one reads up to format %d"
                            .formatted(file, format, FORMAT));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> parsed(String text, String file) {
        try {
            return Json.parseObject(text);
        } catch (IllegalArgumentException e) {
            throw new BadDataException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String digest(String text) {
        return Digests.hex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
