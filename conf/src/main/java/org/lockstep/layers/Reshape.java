package org.lockstep.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of each sample in another shape, in C order.
 *
 * @param targetShape without the batch; one dimension may be −1 and follows from the others
 */
public record Reshape(LayerConf conf, List<Integer> targetShape) implements Layer {

    private static final int INFERRED = -1;

    public Reshape {
        targetShape = List.copyOf(targetShape);
        if (targetShape.stream().anyMatch(dimension -> dimension < INFERRED)) {
            throw new IllegalArgumentException(
                    "Each dimension in `target_shape` must be a non-negative integer, or `-1` "
                            + "for a single unknown dimension. Received: target_shape=" + targetShape);
        }
        if (targetShape.stream().filter(dimension -> dimension == INFERRED).count() > 1) {
            throw new IllegalArgumentException(
                    "There must be at most one unknown dimension (-1) in `target_shape`. Received: target_shape="
                            + targetShape);
        }
    }

    public static Reshape of(int... targetShape) {
        return new Reshape(LayerConf.DEFAULT, Arrays.stream(targetShape).boxed().toList());
    }

    @Override
    public Shape outputShape(Shape input) {
        int[] dimensions = targetShape.stream().mapToInt(Integer::intValue).toArray();
        int inferred = targetShape.indexOf(INFERRED);
        boolean known = Arrays.stream(input.sample()).noneMatch(dimension -> dimension == Shape.UNKNOWN);
        if (known) {
            int rest = 1;
            for (int dimension : dimensions) {
                rest = dimension == INFERRED ? rest : Math.multiplyExact(rest, dimension);
            }
            int size = input.sampleSize();
            if (inferred < 0 ? size != rest : rest == 0 || size % rest != 0) {
                throw new IllegalArgumentException(
                        "The total size of the tensor must be unchanged. Received: input_shape=%s, target_shape=%s"
                                .formatted(Shape.of(input.sample()), Shape.of(dimensions)));
            }
            if (inferred >= 0) {
                dimensions[inferred] = size / rest;
            }
        } else if (inferred >= 0) {
            dimensions[inferred] = Shape.UNKNOWN;
        }
        int[] batch = new int[dimensions.length + 1];
        batch[0] = input.dimension(0);
        System.arraycopy(dimensions, 0, batch, 1, dimensions.length);
        return Shape.of(batch);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("target_shape", targetShape).asMap();
    }

    @Override
    public Reshape conf(LayerConf value) {
        return new Reshape(value, targetShape);
    }

    public Reshape name(String value) {
        return conf(conf.name(value));
    }

    public Reshape trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Reshape inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
