package org.lockstep.driver.files;

import io.jhdf.api.Attribute;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;

/** The texts in attributes of a group that is not trusted. */
final class H5Attributes {

    private H5Attributes() {}

    /** The text of an attribute; null where there is none of that name. */
    static @Nullable String text(H5Group group, String name) {
        Object data = data(group, name);
        if (data == null || data instanceof String) {
            return (String) data;
        }
        throw wrong(group, name, "a text");
    }

    /**
     * The texts of an attribute, or of those whose names end in 0, 1, … beside it, into which Keras splits one of more than
     * 64,512 bytes; none where there are no such attributes.
     */
    static List<String> texts(H5Group group, String name) {
        if (has(group, name)) {
            return piece(group, name);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; has(group, name + i); i++) {
            texts.addAll(piece(group, name + i));
        }
        return texts;
    }

    private static List<String> piece(H5Group group, String name) {
        Object data = data(group, name);
        if (data == null) {
            return List.of();
        }
        if (data instanceof String[] texts) {
            return List.of(texts);
        }
        throw wrong(group, name, "a list of texts");
    }

    private static boolean has(H5Group group, String name) {
        return find(group, name) != null;
    }

    private static @Nullable Attribute find(H5Group group, String name) {
        return H5Group.guarded(
                group.file(),
                place(group, name),
                () -> group.group().getAttributes().get(name));
    }

    /** Null where there is no such attribute, or nothing in it. */
    private static @Nullable Object data(H5Group group, String name) {
        Attribute attribute = find(group, name);
        if (attribute == null || attribute.isEmpty()) {
            return null;
        }
        return H5Group.guarded(group.file(), place(group, name), () -> {
            if (attribute.getDataType() instanceof VariableLength) {
                checkHeaps(group, name, attribute.getBuffer());
            }
            return attribute.getData();
        });
    }

    /** Refuses references to heaps that claim more than the file holds: 4 bytes of length, 8 of address, 4 of number. */
    private static void checkHeaps(H5Group group, String name, ByteBuffer references) {
        HdfBackingStorage storage = group.group().getHdfFile().getHdfBackingStorage();
        references.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 16 <= references.limit(); at += 16) {
            long address = references.getLong(at + 4);
            if (address == 0) {
                continue;
            }
            ByteBuffer header = storage.readBufferFromAddress(address, 16);
            long bytes = header.getLong(8);
            if (bytes < 16 || bytes > storage.size() - address) {
                throw BadDataException.at(
                        group.file(), place(group, name), "its heap's " + bytes + " bytes are not in the file");
            }
        }
    }

    private static BadDataException wrong(H5Group group, String name, String expected) {
        return BadDataException.at(group.file(), place(group, name), "must be " + expected);
    }

    private static String place(H5Group group, String name) {
        return "attribute " + name + " of " + group.place();
    }
}
