package org.lockstep.callbacks.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.hadoop.util.TFRecordReader;

class RecordsTest {

    private static final byte[] FIRST = Records.framed("first".getBytes(StandardCharsets.UTF_8));
    private static final byte[] SECOND = Records.framed(new byte[300]);

    private static byte[] file() {
        byte[] file = new byte[FIRST.length + SECOND.length];
        System.arraycopy(FIRST, 0, file, 0, FIRST.length);
        System.arraycopy(SECOND, 0, file, FIRST.length, SECOND.length);
        return file;
    }

    private static List<byte[]> whole(byte[] file, int there, long limit) throws IOException {
        List<byte[]> records = new ArrayList<>();
        Records.whole(new ByteArrayInputStream(file, 0, there), limit, records::add);
        return records;
    }

    @Test
    void records_areReadByTensorFlowsReader() throws IOException {
        TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(file()), true);
        assertThat(reader.read()).asString().isEqualTo("first");
        assertThat(reader.read()).isEqualTo(new byte[300]);
        assertThat(reader.read()).isNull();
    }

    @Test
    void wholeRecords_endWhereTheFileOrTheLimitDoes() throws IOException {
        byte[] file = file();
        assertThat(whole(file, file.length, file.length)).containsExactly(FIRST, SECOND);
        assertThat(whole(file, file.length, Long.MAX_VALUE)).containsExactly(FIRST, SECOND);
        assertThat(whole(file, file.length, file.length - 1)).containsExactly(FIRST);
        for (int there = FIRST.length; there < file.length; there++) {
            assertThat(whole(file, there, file.length)).containsExactly(FIRST);
        }
        assertThat(whole(file, FIRST.length - 1, file.length)).isEmpty();
    }

    @Test
    void damagedRecord_endsThem() throws IOException {
        for (int damaged = FIRST.length; damaged < FIRST.length + SECOND.length; damaged++) {
            byte[] file = file();
            file[damaged] ^= 1;
            assertThat(whole(file, file.length, file.length)).containsExactly(FIRST);
        }
    }
}
