package org.lockstep.driver.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the zip of a {@code .keras} file, its entries stored as they are, as Keras does. */
final class ArchiveWriter {

    static final String METADATA = "metadata.json";
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.weights.h5";

    /** The first that zip can tell; so equal models give equal bytes but for {@code date_saved}. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ArchiveWriter() {}

    /** Leaves the stream open. */
    static void write(OutputStream out, String metadata, String config, Path weights) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        text(zip, METADATA, metadata);
        text(zip, CONFIG, config);
        CRC32 sum = new CRC32();
        try (OutputStream summed = new CheckedOutputStream(OutputStream.nullOutputStream(), sum)) {
            Files.copy(weights, summed);
        }
        begin(zip, WEIGHTS, Files.size(weights), sum);
        Files.copy(weights, zip);
        zip.finish();
    }

    private static void text(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        begin(zip, name, bytes.length, sum);
        zip.write(bytes);
    }

    private static void begin(ZipOutputStream zip, String name, long size, CRC32 sum) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
    }
}
