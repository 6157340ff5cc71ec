package org.lockstep.executor.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.data.array.ArraySource;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.spark.NodeData;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.spark.TaskFailure;
import org.lockstep.executor.step.BatchSums;
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
        RunOrder order = order(source.shard(0, 2), source.shard(1, 2));
        for (RunOrder copy : List.of(throughJava(order), throughKryo(order))) {
            assertThat(copy.model()).isEqualTo(MODEL);
            assertThat(copy.compile()).isEqualTo(order.compile());
            assertThat(copy.batches()).isEqualTo(order.batches());
            assertThat(copy.shards()).hasSize(2);
            assertThat(copy.shards().get(1).open(order.batches()).get(Window.of(0, 5), 0))
                    .isNotNull();
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
    void taskEnd_throughJavaAndKryo_bringsItsResultBack() throws Exception {
        BatchSums sums = new BatchSums(3, 1.25, new double[] {2, 3});
        ArrayList<NodeData> nodes =
                new ArrayList<>(List.of(new NodeData(new ShardRange(0, 2), new float[] {1, -0f, Float.NaN}, sums)));
        TaskEnd<ArrayList<NodeData>> end = new TaskEnd<>(nodes, null, "executor_host_1");
        for (TaskEnd<ArrayList<NodeData>> copy : List.of(throughJava(end), throughKryo(end))) {
            NodeData node = Objects.requireNonNull(copy.result()).get(0);
            assertThat(node.range()).isEqualTo(new ShardRange(0, 2));
            assertThat(node.gradient()).containsExactly(1, -0f, Float.NaN);
            assertThat(node.sums().metrics()).containsExactly(2, 3);
            assertThat(copy.location()).isEqualTo("executor_host_1");
        }
    }

    @Test
    void failure_throughJavaAndKryo_isEqual() throws Exception {
        TaskFailure failure =
                new TaskFailure("executor 1 (host)", "java.io.IOException", "disk on fire", "at …", false, false);
        TaskEnd<Tensor> end = new TaskEnd<>(null, failure, "executor_host_1");
        assertThat(throughJava(end)).isEqualTo(end);
        assertThat(throughKryo(end)).isEqualTo(end);
    }

    @Test
    void digits_throughJavaAndKryo_areTheSameDigits() throws Exception {
        BatchOrder order = new BatchOrder(4, 1, true);
        Batch expected =
                SyntheticDigits.of(10, 3).skip(2).shard(1, 2).open(order).get(Window.of(0, 5), 1);
        RunOrder run = order(SyntheticDigits.of(10, 3).skip(2).shard(1, 2));
        for (RunOrder copy : List.of(throughJava(run), throughKryo(run))) {
            assertThat(copy.shards().get(0).open(order).get(Window.of(0, 5), 1)).isEqualTo(expected);
        }
    }

    private static RunOrder order(Shard... shards) {
        return new RunOrder(
                "run",
                MODEL,
                CompileConf.of("adam", "sparse_categorical_crossentropy", "accuracy"),
                ClusterConf.Engine.ONEDNN,
                2,
                List.of(shards),
                new BatchOrder(2, 1, true),
                List.of(Window.of(0, 5)),
                1,
                InputConf.of(),
                null,
                false);
    }

    @Test
    void indArray_throughKryo_isEqual() {
        INDArray array = Nd4j.rand(3, 4);
        assertThat(throughKryo(array)).isEqualTo(array);
    }
}
