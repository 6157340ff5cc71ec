package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalTreeTest {

    @Test
    void sum_ofAllLeaves_hasTheShapeOfTheTree() {
        assertThat(shape(1)).isEqualTo("0");
        assertThat(shape(2)).isEqualTo("(0+1)");
        assertThat(shape(3)).isEqualTo("((0+1)+2)");
        assertThat(shape(4)).isEqualTo("((0+1)+(2+3))");
        assertThat(shape(6)).isEqualTo("(((0+1)+(2+3))+(4+5))");
        assertThat(shape(7)).isEqualTo("(((0+1)+(2+3))+((4+5)+6))");
    }

    private static String shape(int shards) {
        return new CanonicalTree(shards)
                .sum(node -> node.size() == 1 ? "" + node.from() : null, (a, b) -> "(" + a + "+" + b + ")");
    }

    @Test
    void owned_overAllWorkers_coversEachShardOnce() {
        for (int shards = 1; shards <= 9; shards++) {
            for (int workers = 1; workers <= shards; workers++) {
                CanonicalTree tree = new CanonicalTree(shards);
                List<Integer> seen = new ArrayList<>();
                for (int worker = 0; worker < workers; worker++) {
                    for (ShardRange node : tree.within(tree.owned(worker, workers))) {
                        for (int shard = node.from(); shard < node.to(); shard++) {
                            seen.add(shard);
                        }
                    }
                }
                assertThat(seen).hasSize(shards).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void sum_withoutAShard_isRefused() {
        assertThatThrownBy(() -> new CanonicalTree(2).sum(node -> node.from() == 1 ? "x" : null, String::concat))
                .hasMessage("Cannot sum: shard 0 gave no value");
    }

    @Test
    void tree_ofNoShards_isRefused() {
        assertThatThrownBy(() -> new CanonicalTree(0))
                .hasMessage("Invalid number of shards: must be at least 1. Received: 0");
    }
}
