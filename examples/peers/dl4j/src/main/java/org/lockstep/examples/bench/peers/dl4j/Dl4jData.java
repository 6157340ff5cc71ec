package org.lockstep.examples.bench.peers.dl4j;

import java.nio.file.Path;
import java.security.CodeSource;
import org.lockstep.data.Tensor;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Images;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Images and what follows from them in ND4J's terms. */
final class Dl4jData {

    private Dl4jData() {}

    /** Features (n, channels, edge, edge) and labels (n, classes). */
    static DataSet of(Images images) {
        Tensor x = images.x();
        INDArray features = Nd4j.createFromArray(x.values())
                .reshape(x.shape())
                .permute(0, 3, 1, 2)
                .dup('c');
        INDArray labels = Nd4j.zeros(x.dimension(0), BenchModel.CLASSES);
        for (int i = 0; i < x.dimension(0); i++) {
            labels.putScalar(i, (int) images.y().values()[i], 1);
        }
        return new DataSet(features, labels);
    }

    /** The part of the samples whose most probable class is theirs. */
    static double accuracy(INDArray output, DataSet samples) {
        return output.argMax(1)
                .eq(samples.getLabels().argMax(1))
                .castTo(Nd4j.defaultFloatingPointType())
                .meanNumber()
                .doubleValue();
    }

    /** The name of the jar that a class is from: it holds the version. */
    static String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null
                ? ""
                : Path.of(source.getLocation().getPath()).getFileName().toString();
    }
}
