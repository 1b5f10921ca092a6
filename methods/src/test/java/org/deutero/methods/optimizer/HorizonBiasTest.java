package org.deutero.methods.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.evolution.TruncatedEvolution;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.optimizer.MetaObjective.Judged;
import org.deutero.methods.optimizer.rule.LstmRule;
import org.deutero.methods.optimizer.rule.Preprocessing;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.training.Bowls;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * What estimators give on average on a problem that a learned linear rule trains: persistent evolution has the gradient of the whole training, windows by themselves do not.
 *
 * <p>Two curvatures, of which the steeper oscillates: at first it pays to take larger steps, in the long run they diverge.
 */
class HorizonBiasTest {
    private static final int STEPS = 12;
    private static final int WINDOW = 3;
    private static final int BATCHES = 30;
    private static final int DRAWS = 400;
    // So narrow that the smoothed gradient is the gradient, within the errors below.
    private static final Perturbation NOISE = new Perturbation(1, 0.003, OptionalDouble.empty());
    private static final RuleLearner LEARNER = new RuleLearner(
            new LstmRule(Preprocessing.NONE, 5, List.of(), 1, 0),
            MetaObjective.of(Judged.BEFORE, false),
            true,
            DType.FLOAT64);
    private static final String SLOPE = "output.weight";

    private record Mean(double value, double error) {}

    private static double gradient(MetaGradient estimator, int draws, long seed) {
        try (Scope s = Scope.open()) {
            Bowls bowl =
                    new Bowls(Tensor.of(new double[] {1, 0, 0, 0.3}, 1, 2, 2), Tensor.of(new double[] {1, 1}, 1, 2), 2);
            Problems copies = new Problems(bowl, new long[] {5}, STEPS).repeat(draws);
            Params theta = Params.builder()
                    .put(SLOPE, Tensor.of(new double[] {-1.02}, 1, 1))
                    .put("output.bias", Tensor.of(new double[] {0}, 1))
                    .build();
            return estimator
                            .estimate(LEARNER, theta, copies, TaskContext.training(Seeds.branch(3, "draws", seed)))
                            .gradient()
                            .get(SLOPE)
                            .item()
                    / draws;
        }
    }

    private static Mean mean(MetaGradient estimator) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < BATCHES; i++) {
            double g = gradient(estimator, DRAWS, i);
            sum += g;
            squares += g * g;
        }
        double mean = sum / BATCHES;
        double variance = (squares / BATCHES - mean * mean) * BATCHES / (BATCHES - 1);
        return new Mean(mean, Math.sqrt(variance / BATCHES));
    }

    @Test
    void persistentEvolutionHasTheGradientOfTheWholeTraining() {
        double exact = gradient(Unroll.FULL, 1, 0);
        Mean pes = mean(new PersistentEvolution(WINDOW, NOISE));
        assertThat(Math.abs(pes.value() - exact)).isLessThan(3.5 * pes.error());
        // Otherwise the line above would say nothing.
        assertThat(pes.error()).isLessThan(0.1 * Math.abs(exact));
    }

    @Test
    void windowsByThemselvesDoNot() {
        double exact = gradient(Unroll.FULL, 1, 0);
        Mean truncated = mean(new TruncatedEvolution(WINDOW, NOISE));
        assertThat(Math.abs(exact - truncated.value())).isGreaterThan(20 * truncated.error());
        double cut = gradient(new TruncatedBackpropagation(WINDOW), 1, 0);
        assertThat(Math.abs(cut - exact)).isGreaterThan(0.3 * Math.abs(exact));
        assertThat(Math.abs(cut - truncated.value())).isLessThan(4 * truncated.error());
    }
}
