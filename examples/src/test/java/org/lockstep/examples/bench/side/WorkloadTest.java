package org.lockstep.examples.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkloadTest {

    @Test
    void parse_ofItsWords_isTheSameWorkload() {
        Workload memory = new Workload(BenchModel.VGG, 64, 30, 2);
        Workload files = new Workload(BenchModel.LENET, 16, 3, 1, "my images.zip", 4);

        assertThat(Workload.parse(memory.words())).isEqualTo(memory);
        assertThat(Workload.parse(files.words())).isEqualTo(files);
    }

    /** The numbers of the networks that measurements elsewhere are quoted for. */
    @Test
    void models_haveTheQuotedParameters() {
        assertThat(BenchModel.LENET.network().countParams()).isEqualTo(1_256_080);
        assertThat(BenchModel.VGG.network().countParams()).isEqualTo(814_122);
        assertThat(BenchModel.RESNET20.network().countParams()).isEqualTo(274_442);
    }

    @Test
    void of_unknownTitle_isRefusedWithTheKnown() {
        assertThat(BenchModel.of("vgg")).isEqualTo(BenchModel.VGG);
        assertThatThrownBy(() -> BenchModel.of("alexnet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `models`: must be among [lenet, vgg, resnet20, mobilenet]. Received: alexnet");
    }

    /** Images depend on their number alone, so that sides that load them in parts see the same. */
    @Test
    void images_inParts_areThoseOfTheWhole() {
        for (BenchModel model : BenchModel.values()) {
            Workload workload = new Workload(model, 4, 3, 1);
            Images whole = Images.training(workload);

            Images part = Images.training(workload, 5, 9);

            assertThat(part.x()).isEqualTo(whole.x().rows(5, 9));
            assertThat(part.y()).isEqualTo(whole.y().rows(5, 9));
            assertThat(whole.x().dimension(0)).isEqualTo(12);
        }
    }
}
