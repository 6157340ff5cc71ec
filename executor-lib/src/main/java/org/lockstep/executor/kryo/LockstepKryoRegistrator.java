package org.lockstep.executor.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.spark.Rows;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;
import org.nd4j.common.primitives.AtomicDouble;
import org.nd4j.kryo.Nd4jSerializer;
import org.nd4j.kryo.primitives.AtomicDoubleSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Registers with Spark's Kryo all that Lockstep sends, so that {@code spark.kryo.registrationRequired} may be on.
 *
 * <p>Records and values of Lockstep go through Java serialization inside Kryo, which cannot make records; their bulk is
 * arrays that they write themselves. ND4J's arrays go through nd4j-kryo. Set as {@code spark.kryo.registrator}.
 */
public final class LockstepKryoRegistrator implements KryoRegistrator {

    /** The implementation of {@link INDArray} on the CPU. */
    private static final String CPU_ARRAY = "org.nd4j.linalg.cpu.nativecpu.NDArray";

    private static final List<Class<?>> BY_JAVA = List.of(
            RunOrder.class,
            TrainState.class,
            TaskEnd.class,
            Rows.Own.class,
            Rows.Shared.class,
            Tensor.class,
            Batch.class);

    @Override
    public void registerClasses(Kryo kryo) {
        for (Class<?> type : BY_JAVA) {
            kryo.register(type, new JavaSerializer());
        }
        kryo.register(Object[].class);
        kryo.register(Integer[].class);
        kryo.register(byte[][].class);
        kryo.register(float[].class);
        kryo.register(INDArray.class, new Nd4jSerializer());
        kryo.register(cpuArray(), new Nd4jSerializer());
        kryo.register(AtomicDouble.class, new AtomicDoubleSerializer());
    }

    private static Class<?> cpuArray() {
        try {
            // Not initialised: that would load ND4J's natives where nobody needs them.
            return Class.forName(CPU_ARRAY, false, INDArray.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Cannot register ND4J's arrays with Kryo: no CPU backend on the class path", e);
        }
    }
}
