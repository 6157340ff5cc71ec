package org.lockstep.examples.bench.primitives;

import java.util.List;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory.format_tag;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * The bare oneDNN convolutions of a network. Images lie in memory as oneDNN likes them best or channels last, whichever was
 * faster at the start. Takes its threads from {@code OMP_NUM_THREADS}.
 */
public final class ConvolutionsSide implements Side {

    private static final int TRIALS = 5;

    private final Workload workload;
    private final long operations;
    private final format_tag images;
    private final Primitives primitives;

    public ConvolutionsSide(Workload workload) {
        this.workload = workload;
        List<ConvolutionShape> shapes = ConvolutionShape.of(workload.model().network());
        operations = shapes.stream().mapToLong(ConvolutionsSide::operations).sum() * workload.batch();
        Primitives any = new Primitives(shapes, workload.batch(), format_tag.any);
        Primitives last = new Primitives(shapes, workload.batch(), format_tag.nhwc);
        boolean anyWins = best(any) < best(last);
        images = anyWins ? format_tag.any : format_tag.nhwc;
        primitives = anyWins ? any : last;
        (anyWins ? last : any).close();
    }

    /** Of all passes over one image. */
    private static long operations(ConvolutionShape shape) {
        return shape.operations() * (shape.isFirst() ? 2 : 3);
    }

    private static long best(Primitives candidate) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            candidate.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public String description() {
        dnnl_version_t version = dnnl.dnnl_version();
        return "bare convolutions of oneDNN %d.%d.%d, images %s, %.2f GFLOP a step, %d thread(s)"
                .formatted(
                        version.major(),
                        version.minor(),
                        version.patch(),
                        images.name(),
                        operations * 1e-9,
                        workload.threads());
    }

    @Override
    public Round round() {
        long start = System.nanoTime();
        for (int step = 0; step < workload.steps(); step++) {
            primitives.run();
        }
        return new Round((System.nanoTime() - start) * 1e-9, workload.images());
    }

    @Override
    public void close() {
        primitives.close();
    }
}
