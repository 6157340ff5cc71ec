package org.lockstep.examples.bench.peers.pytorch;

import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * PyTorch's training steps: cross entropy of logits, backward, its own SGD. Kernels and images are channels last or
 * contiguous, whichever was faster at the start.
 */
final class PytorchSide implements Side {

    private static final int TRIAL_STEPS = 3;
    private static final int TRIALS = 4;

    private final Workload workload;
    private final TorchTraining training;

    PytorchSide(Workload workload) {
        this.workload = workload;
        torch.set_num_threads(workload.threads());
        TorchTraining last = new TorchTraining(workload, torch.MemoryFormat.ChannelsLast);
        TorchTraining contiguous = new TorchTraining(workload, torch.MemoryFormat.Contiguous);
        boolean lastWins = best(last) < best(contiguous);
        training = lastWins ? last : contiguous;
        (lastWins ? contiguous : last).close();
    }

    /** The shortest of several trials. */
    private static long best(TorchTraining candidate) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            candidate.steps(TRIAL_STEPS);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public String description() {
        return "%s, oneDNN: %s, memory format %s, %d thread(s)"
                .formatted(
                        Path.of(torch.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath())
                                .getFileName(),
                        torch.get_mkldnn_version()
                                .getString()
                                .lines()
                                .findFirst()
                                .orElse("none"),
                        training.format(),
                        torch.get_num_threads());
    }

    @Override
    public Round round() {
        long start = System.nanoTime();
        double loss = training.steps(workload.steps());
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("Cannot measure PyTorch: its loss is " + loss);
        }
        return new Round(seconds, workload.images());
    }

    @Override
    public double accuracy() {
        return Images.haveMeaning(workload.model()) ? training.accuracy(Images.heldOut(workload)) : Double.NaN;
    }

    @Override
    public void close() {
        training.close();
    }
}
