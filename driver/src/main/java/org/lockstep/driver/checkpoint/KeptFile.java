package org.lockstep.driver.checkpoint;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lockstep.data.BadDataException;
import org.lockstep.data.storage.StoredFile;
import org.lockstep.data.storage.StoredFolder;

/** One file of a checkpoint, and what its content was when it was written. */
record KeptFile(String name, long length, String sha256) {

    /** Writes a file whole or not at all. */
    static KeptFile write(StoredFolder folder, String name, StoredFile.Writer content) {
        MessageDigest digest = Digests.sha256();
        long[] length = new long[1];
        folder.file(name).write(out -> {
            CountedOutput counted = new CountedOutput(out);
            OutputStream digested = new DigestOutputStream(counted, digest);
            content.write(digested);
            digested.flush();
            length[0] = counted.count();
        });
        return new KeptFile(name, length[0], Digests.hex(digest.digest()));
    }

    static KeptFile of(String name, byte[] content) {
        return new KeptFile(name, content.length, Digests.hex(Digests.sha256().digest(content)));
    }

    /** Refuses the file unless every byte of it is as it was written. */
    void check(StoredFolder folder) {
        StoredFile file = folder.file(name);
        long found = file.version().length();
        if (found != length) {
            throw new BadDataException(
                    "Cannot read %s: it has %d bytes, and had %d when it was written".formatted(file, found, length));
        }
        MessageDigest digest = Digests.sha256();
        file.readRaw(in -> new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream()));
        if (!Digests.hex(digest.digest()).equals(sha256)) {
            throw new BadDataException("Cannot read " + file + ": its checksum is wrong: the file is damaged");
        }
    }

    /** The content of a file, which is small. */
    static byte[] bytes(StoredFolder folder, String name) {
        return folder.file(name).readRaw(InputStream::readAllBytes);
    }

    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", name);
        plain.put("length", length);
        plain.put("sha256", sha256);
        return plain;
    }

    static KeptFile of(Fields fields) {
        return new KeptFile(fields.text("name"), fields.wide("length"), fields.text("sha256"));
    }
}
