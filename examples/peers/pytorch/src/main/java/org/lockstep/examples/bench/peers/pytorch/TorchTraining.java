package org.lockstep.examples.bench.peers.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Workload;

/** PyTorch's training of a workload in one memory format: kernels, images and so all between. */
final class TorchTraining implements AutoCloseable {

    private final PointerScope scope = new PointerScope();
    private final torch.MemoryFormat format;
    private final TorchModel model;
    private final SGD optimizer;
    private final List<TorchBatch> batches = new ArrayList<>();

    TorchTraining(Workload workload, torch.MemoryFormat format) {
        this.format = format;
        torch.manual_seed(Workload.SEED);
        model = new TorchModel(workload.model().network(), format);
        SGDOptions options = new SGDOptions(Workload.LEARNING_RATE);
        options.weight_decay().put(model.weightDecay());
        optimizer = new SGD(model.parameters(), options);
        for (int step = 0; step < workload.steps(); step++) {
            int from = step * workload.batch();
            batches.add(TorchBatch.of(Images.training(workload, from, from + workload.batch()), format));
        }
        scope.extend();
        scope.close();
    }

    torch.MemoryFormat format() {
        return format;
    }

    /** Trains on some of the batches, from the first on, and returns the last loss. */
    @SuppressWarnings("try") // what is made within the scope is freed at its end
    double steps(int count) {
        double last = 0;
        for (int step = 0; step < count; step++) {
            TorchBatch batch = batches.get(step % batches.size());
            try (PointerScope temporary = new PointerScope()) {
                optimizer.zero_grad();
                Tensor loss = torch.cross_entropy_loss(model.logits(batch.x()), batch.y());
                loss.backward();
                optimizer.step();
                last = loss.item_float();
            }
        }
        return last;
    }

    /** The part of the images that the model names correctly. */
    @SuppressWarnings("try") // what is made within the scope is freed at its end
    double accuracy(Images images) {
        try (PointerScope evaluation = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchBatch batch = TorchBatch.of(images, format);
            Tensor named = model.logits(batch.x()).argmax(new LongOptional(1), false);
            return named.eq(batch.y()).sum().item_long() / (double) images.x().dimension(0);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
