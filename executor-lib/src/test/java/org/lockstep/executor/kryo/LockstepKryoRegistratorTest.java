package org.lockstep.executor.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class LockstepKryoRegistratorTest {

    private static final Sequential MODEL = Sequential.of(
            Input.of(6, 6, 1),
            Conv2D.of(2, 3).activation("relu").kernelRegularizer("l2").kernelConstraint("max_norm"),
            BatchNormalization.of(),
            Flatten.of(),
            Dense.of(3).activation("softmax"));

    private static SerializerInstance kryo() {
        SparkConf conf = new SparkConf(false)
                .set("spark.kryo.registrationRequired", "true")
                .set("spark.kryo.registrator", LockstepKryoRegistrator.class.getName());
        return new KryoSerializer(conf).newInstance();
    }

    @SuppressWarnings("unchecked")
    private static <T> T throughKryo(T value) {
        ClassTag<T> tag = (ClassTag<T>) ClassTag$.MODULE$.apply(value.getClass());
        SerializerInstance kryo = kryo();
        ByteBuffer bytes = kryo.serialize(value, tag);
        return kryo.deserialize(bytes, tag);
    }

    @SuppressWarnings("unchecked")
    private static <T> T throughJava(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void runOrder_throughJavaAndKryo_isTheSame() throws Exception {
        ArraySource source = ArraySource.of(Tensor.zeros(4, 6, 6, 1), Tensor.zeros(4));
        RunOrder order = new RunOrder(
                "run",
                MODEL,
                CompileConf.of("adam", "sparse_categorical_crossentropy", "accuracy"),
                ClusterConf.Engine.ONEDNN,
                List.of(source.shard(0, 2), source.shard(1, 2)),
                new BatchOrder(2, 1, true),
                2,
                3,
                10);
        for (RunOrder copy : List.of(throughJava(order), throughKryo(order))) {
            assertThat(copy.model()).isEqualTo(MODEL);
            assertThat(copy.compile()).isEqualTo(order.compile());
            assertThat(copy.batches()).isEqualTo(order.batches());
            assertThat(copy.shards()).hasSize(2);
            assertThat(copy.shards().get(1).open(order.batches()).get(0)).isNotNull();
        }
    }

    @Test
    void trainState_throughJavaAndKryo_hasTheSameBits() throws Exception {
        TrainState state = TrainState.initial(MODEL, Adam.of(), 5);
        assertThat(throughJava(state).sha256()).isEqualTo(state.sha256());
        assertThat(throughKryo(state).sha256()).isEqualTo(state.sha256());
    }

    @Test
    void tensorsAndBatches_throughJavaAndKryo_areEqual() throws Exception {
        Batch batch = new Batch(Tensor.of(new int[] {2, 1}, 1, Float.NaN), Tensor.of(new int[] {2}, 0, -0f));
        assertThat(throughJava(batch)).isEqualTo(batch);
        assertThat(throughKryo(batch)).isEqualTo(batch);
        assertThat(throughKryo(batch.x())).isEqualTo(batch.x());
    }

    @Test
    void indArray_throughKryo_isEqual() {
        INDArray array = Nd4j.rand(3, 4);
        assertThat(throughKryo(array)).isEqualTo(array);
    }
}
