package org.lockstep.driver.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.driver.predictions.Predictions.Judged;
import org.lockstep.driver.predictions.Predictions.NotJudged;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;

/** The inputs here are the outputs that the model is to give: predict is the identity. */
class JudgeTest {

    private static final Loss SPARSE = Loss.of("sparse_categorical_crossentropy");

    private static Batch batch(Tensor said, Tensor truth) {
        return new Batch(said, truth);
    }

    private static Judged judged(Loss loss, List<Batch> held) {
        return (Judged) Judge.of(loss, List.of(), held.iterator(), UnaryOperator.identity());
    }

    private static Tensor rows(int columns, double... values) {
        float[] floats = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
        return Tensor.of(new int[] {values.length / columns, columns}, floats);
    }

    @Test
    void of_integerAndOneHotLabels_sameCounts() {
        Tensor said = rows(3, 0.7, 0.2, 0.1, 0.1, 0.2, 0.7, 0.4, 0.4, 0.2);
        Judged sparse = judged(SPARSE, List.of(batch(said, rows(1, 0, 1, 1))));
        Judged oneHot =
                judged(Loss.of("categorical_crossentropy"), List.of(batch(said, rows(3, 1, 0, 0, 0, 1, 0, 0, 1, 0))));
        for (Judged each : List.of(sparse, oneHot)) {
            assertThat(each.confusion().count(0, 0)).isEqualTo(1);
            assertThat(each.confusion().count(1, 2)).isEqualTo(1);
            assertThat(each.confusion().count(1, 0)).as("the first of equals").isEqualTo(1);
            assertThat(each.confusion().right()).isEqualTo(1);
            assertThat(each.confusion().total()).isEqualTo(3);
            assertThat(each.samples()).extracting(Sample::index).containsExactly(1L, 2L, 0L);
            assertThat(each.complete()).isTrue();
        }
    }

    @Test
    void of_binary_yesAboveAHalf() {
        Judged judged = judged(
                Loss.of("binary_crossentropy"), List.of(batch(rows(1, 0.5, 0.51, 0.1, 0.9), rows(1, 0, 1, 1, 0))));
        assertThat(judged.confusion().count(0, 0)).isEqualTo(1);
        assertThat(judged.confusion().count(1, 1)).isEqualTo(1);
        assertThat(judged.confusion().count(1, 0)).isEqualTo(1);
        assertThat(judged.confusion().count(0, 1)).isEqualTo(1);
        assertThat(judged.samples().get(0).probability()).isCloseTo(0.9, within(1e-7));
    }

    @Test
    void of_logits_probabilitiesFromThem() {
        Judged softmax =
                judged(new CategoricalCrossentropy(true, 0), List.of(batch(rows(2, 0, Math.log(3)), rows(2, 0, 1))));
        assertThat(softmax.samples().get(0).probability()).isCloseTo(0.75, within(1e-6));
        Judged sigmoid = judged(new BinaryCrossentropy(true, 0), List.of(batch(rows(1, -Math.log(4)), rows(1, 0))));
        assertThat(sigmoid.confusion().count(0, 0)).isEqualTo(1);
        assertThat(sigmoid.samples().get(0).probability()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void of_moreThanTenThousand_firstOnesOnly() {
        List<Batch> many = Collections.nCopies(4, batch(Tensor.zeros(3_000, 2), Tensor.zeros(3_000)));
        List<Integer> asked = new ArrayList<>();
        Judged judged = (Judged) Judge.of(SPARSE, List.of("a", "b"), many.iterator(), rows -> {
            asked.add(rows.dimension(0));
            return rows;
        });
        assertThat(judged.confusion().total()).isEqualTo(10_000);
        assertThat(judged.complete()).isFalse();
        assertThat(asked).containsExactly(3_000, 3_000, 3_000, 1_000);
        Judged all = judged(SPARSE, many.subList(0, 3));
        assertThat(all.complete()).isTrue();
    }

    @Test
    void of_smallBatches_joined() {
        List<Batch> small = new ArrayList<>(Collections.nCopies(40, batch(rows(2, 1, 0, 0, 1), rows(1, 0, 0))));
        small.add(3, batch(Tensor.zeros(0, 2), Tensor.zeros(0, 1)));
        List<Integer> asked = new ArrayList<>();
        Judged judged = (Judged) Judge.of(SPARSE, List.of(), small.iterator(), rows -> {
            asked.add(rows.dimension(0));
            return rows;
        });
        assertThat(asked).containsExactly(80);
        assertThat(judged.confusion().count(0, 1)).isEqualTo(40);
    }

    @Test
    void of_samples_surestMistakesThenEveryClass() {
        Tensor said = Tensor.zeros(200, 2);
        Tensor truth = Tensor.zeros(200);
        for (int i = 0; i < 200; i++) {
            boolean wrong = i % 2 == 1;
            said.values()[2 * i + (wrong ? 1 : 0)] = 0.6f + 0.001f * i;
            if (i % 4 == 2) {
                truth.values()[i] = 1;
                said.values()[2 * i] = 0;
                said.values()[2 * i + 1] = 0.9f;
            }
        }
        List<Sample> samples = judged(SPARSE, List.of(batch(said, truth))).samples();
        assertThat(samples).hasSize(24);
        assertThat(samples.subList(0, 12))
                .extracting(Sample::index)
                .containsExactly(199L, 197L, 195L, 193L, 191L, 189L, 187L, 185L, 183L, 181L, 179L, 177L);
        assertThat(samples.subList(12, 24)).allMatch(Sample::isRight);
        assertThat(samples.subList(12, 24))
                .extracting(Sample::index)
                .containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L, 22L);
    }

    @Test
    void of_fewMistakes_rightOnesFillThePlaces() {
        Tensor said = rows(2, 1, 0, 0, 1);
        List<Batch> held = new ArrayList<>(Collections.nCopies(30, batch(said, rows(1, 0, 1))));
        held.add(batch(rows(2, 1, 0), rows(1, 1)));
        List<Sample> samples = judged(SPARSE, held).samples();
        assertThat(samples).hasSize(24);
        assertThat(samples).filteredOn(sample -> !sample.isRight()).hasSize(1);
    }

    @Test
    void of_nothingToJudge_reasonGiven() {
        Iterator<Batch> none = Collections.emptyIterator();
        assertThat(reason(Loss.of("mse"), none))
                .isEqualTo("The loss is mean_squared_error: the model's outputs are numbers and name no class.");
        assertThat(reason(SPARSE, none)).isEqualTo("There are no held-out samples.");
        Iterator<Batch> several =
                List.of(batch(Tensor.zeros(2, 3), Tensor.zeros(2, 3))).iterator();
        assertThat(reason(Loss.of("binary_crossentropy"), several))
                .isEqualTo("The model's outputs, Tensor(2, 3), do not name one class for each sample.");
        Iterator<Batch> vast =
                List.of(batch(Tensor.zeros(1, 2_001), Tensor.zeros(1))).iterator();
        assertThat(reason(SPARSE, vast)).isEqualTo("The model knows more than 2000 classes.");
    }

    private static String reason(Loss loss, Iterator<Batch> held) {
        Predictions predictions = Judge.of(loss, List.of(), held, UnaryOperator.identity());
        return assertThat(predictions)
                .asInstanceOf(type(NotJudged.class))
                .actual()
                .reason();
    }

    @Test
    void of_namesOrLabelsThatDoNotFit_refused() {
        List<Batch> held = List.of(batch(rows(2, 1, 0), rows(1, 2)));
        assertThatThrownBy(() -> Judge.of(SPARSE, List.of("a"), held.iterator(), UnaryOperator.identity()))
                .hasMessage("Invalid class names: the model knows 2 classes. Received: 1 names");
        assertThatThrownBy(() -> judged(SPARSE, held)).hasMessage("Invalid labels: must be in [0, 2). Received: 2.0");
        assertThatThrownBy(() -> judged(Loss.of("categorical_crossentropy"), held))
                .hasMessage("Invalid labels: must be (samples, 2). Received: Tensor(1, 1)");
    }
}
