package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deutero.learn.shards.Workers;
import org.junit.jupiter.api.Test;

/** A plan that is built is the plan whose numbers are given one after the other. */
class PlanTest {
    @Test
    void whatIsNotSaidIsAsRecipesHaveIt() {
        assertThat(Plan.builder(1500).metaBatch(5).build())
                .isEqualTo(new Plan(1500, 5, 3, Workers.defaultThreads(), 1, 0, 0, 0));
    }

    @Test
    void whatIsSaidIsHeard() {
        assertThat(Plan.builder(1)
                        .metaBatch(2)
                        .shard(1)
                        .threads(3)
                        .seed(4)
                        .validateEvery(5)
                        .patience(6)
                        .checkpointEvery(7)
                        .build())
                .isEqualTo(new Plan(1, 2, 1, 3, 4, 5, 6, 7));
        assertThatThrownBy(() -> Plan.builder(1).metaBatch(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meta-batch, shard and threads must be at least 1");
    }
}
