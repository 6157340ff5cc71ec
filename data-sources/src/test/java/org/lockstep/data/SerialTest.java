package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.data.array.ArraySource;
import org.lockstep.data.synthetic.SyntheticDigits;

class SerialTest {

    @Test
    void whatTravels_survivesJavaSerialization() throws Exception {
        Tensor x = Tensor.of(new int[] {2, 1}, 1, 2);
        DataSource digits = SyntheticDigits.of(100, 3);
        List<Object> values = List.of(
                x,
                Tensor.ofBytes(new int[] {2}, new byte[] {1, -1}, 0.5f),
                new Batch(x, x, x.reshape(2)),
                new BatchOrder(3, 4, true),
                ArraySource.of(x, x),
                digits,
                digits.skip(50),
                digits.skip(50).shard(1, 2));
        for (Object value : values) {
            assertThat(copy(value)).isEqualTo(value);
        }
    }

    private static Object copy(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return input.readObject();
        }
    }
}
