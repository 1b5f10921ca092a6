package org.deutero.methods.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.InScope;
import org.deutero.methods.optimizer.MetaObjective.Judged;
import org.deutero.methods.optimizer.rule.AdafactorRule;
import org.deutero.methods.optimizer.rule.LearnedRule;
import org.deutero.methods.optimizer.rule.LstmRule;
import org.deutero.methods.optimizer.rule.MlpRule;
import org.deutero.methods.optimizer.rule.Preprocessing;
import org.deutero.methods.optimizer.rule.ScheduleRule;
import org.deutero.methods.optimizer.rule.SeparateRule;
import org.deutero.methods.optimizer.rule.StepNetwork;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tasks.training.Fits;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What counts of a training, and what trainings must not depend on. */
@ExtendWith(InScope.class)
class RuleLearnerTest {
    private static final StepNetwork NETWORK = new StepNetwork(List.of(5), 0.05, 0.1, List.of(1.0, 10.0));
    private static final Map<String, LearnedRule> RULES = Map.of(
            "lstm", new LstmRule(Preprocessing.LOG_AND_SIGN, 5, List.of(4, 3), 0.1, 1),
            "linear", new LstmRule(Preprocessing.NONE, 5, List.of(), 0.1, 1),
            "separate", new SeparateRule(new LstmRule(Preprocessing.NONE, 5, List.of(3), 0.1, 1)),
            "mlp", new MlpRule(NETWORK, List.of(0.5, 0.9)),
            "adafactor", new AdafactorRule(NETWORK, AdafactorRule.DECAYS, 0.99, AdafactorRule.DECAYS),
            "schedule", new ScheduleRule(3, 5, ScheduleRule.Scale.LOGARITHMIC, 0.2, 0.5));
    private static final TaskContext CONTEXT = TaskContext.training(1);

    private static Problems problems(int tasks) {
        return new Fits(Mlp.of(3, 4, 2), new GaussianClasses(3, 2, 8, 5), 3, 6)
                .sample(tasks, new SplittableRandom(1))
                .to(DType.FLOAT64);
    }

    private static RuleLearner learner(LearnedRule rule, MetaObjective objective) {
        return new RuleLearner(rule, objective, false, DType.FLOAT64);
    }

    private static RuleLearner learner(LearnedRule rule, Judged judged) {
        return learner(rule, MetaObjective.of(judged, false));
    }

    private static Params theta(LearnedRule rule) {
        return rule.metaParameters(new SplittableRandom(3), DType.FLOAT64);
    }

    private static Passage end(RuleLearner learner, Params theta, Problems problems, TaskContext context) {
        return new Lifetime<>(learner, theta, problems, context).run(Trace.NONE);
    }

    @Test
    void tasksDoNotMix() {
        Problems all = problems(4);
        RULES.forEach((name, rule) -> {
            RuleLearner learner = learner(rule, Judged.BEFORE);
            Params theta = theta(rule);
            Params together = end(learner, theta, all, CONTEXT).state();
            Params apart = end(learner, theta, all.slice(1, 3), CONTEXT).state();
            together.forEach((slot, t) -> assertNear(t.slice(0, 1, 3), apart.get(slot), 1e-12));
            assertThat(ProblemLearner.trained(together)
                            .sub(all.start())
                            .map(Tensor::abs)
                            .norm())
                    .as(name)
                    .isGreaterThan(1e-4);
        });
    }

    @Test
    void everyMemberOfAPopulationHasMetaParametersOfItsOwn() {
        Problems two = problems(2);
        RULES.values().forEach(rule -> {
            RuleLearner learner = learner(rule, Judged.NEXT);
            Params one = theta(rule);
            Params other = one.map(t -> t.add(0.1));
            Params both = one.zip(other, (a, b) -> Tensors.stack(List.of(a, a, b, b), 0));
            Passage together = end(learner, both, two.repeat(2), CONTEXT.forPopulation(2));
            Passage first = end(learner, one, two, CONTEXT);
            Passage second = end(learner, other, two, CONTEXT);
            together.state().forEach((slot, t) -> {
                assertNear(t.slice(0, 0, 2), first.state().get(slot), 1e-12);
                assertNear(t.slice(0, 2, 4), second.state().get(slot), 1e-12);
            });
            assertNear(together.loss().slice(0, 2, 4), second.loss(), 1e-12);
        });
    }

    /** Every objective, from the weights of the same training. */
    @Test
    void lossesAreThoseOfTheTraining() {
        Problems problems = problems(3);
        LearnedRule rule = RULES.get("schedule");
        Params theta = theta(rule);
        List<Params> weights = new ArrayList<>();
        weights.add(problems.start());
        Lifetime<Problems> life = new Lifetime<>(learner(rule, Judged.FINAL), theta, problems, CONTEXT);
        life.run(Trace.NONE, (before, step, scope) -> weights.add(scope.keep(ProblemLearner.trained(step.state()))));
        int steps = problems.steps();
        double[][] expected = new double[Judged.values().length][3];
        for (int i = 0; i < 3; i++) {
            expected[Judged.LOWEST.ordinal()][i] = Double.MAX_VALUE;
        }
        for (int t = 0; t < steps; t++) {
            add(expected, Judged.BEFORE, problems.loss(weights.get(t), t));
            add(expected, Judged.AFTER, problems.loss(weights.get(t + 1), t));
            add(expected, Judged.NEXT, problems.loss(weights.get(t + 1), t + 1));
            add(expected, Judged.FRESH, problems.fresh(weights.get(t + 1), t));
            double[] now = problems.loss(weights.get(t), t).doubles();
            for (int i = 0; i < 3; i++) {
                double[] lowest = expected[Judged.LOWEST.ordinal()];
                lowest[i] = Math.min(lowest[i], now[i]);
            }
        }
        add(expected, Judged.NEXT, problems.loss(weights.get(0), 0));
        add(expected, Judged.FINAL, problems.heldOut(weights.get(steps)));
        for (Judged judged : Judged.values()) {
            double[] sums = expected[judged.ordinal()];
            for (Trace trace : List.of(Trace.NONE, Trace.SECOND_ORDER, Trace.FIRST_ORDER)) {
                assertThat(losses(learner(rule, judged), theta, problems, trace))
                        .as(judged + " " + trace)
                        .containsExactly(sums, within(1e-12));
            }
            int terms = switch (judged) {
                case FINAL, LOWEST -> 1;
                case NEXT -> steps + 1;
                default -> steps;
            };
            double[] means = new double[] {sums[0] / terms, sums[1] / terms, sums[2] / terms};
            assertThat(losses(learner(rule, MetaObjective.of(judged, true)), theta, problems, Trace.NONE))
                    .containsExactly(means, within(1e-12));
        }
        MetaObjective two = new MetaObjective(Judged.FINAL, false, 3, 2, OptionalDouble.empty());
        Params last = weights.get(steps);
        double[] found =
                problems.fresh(last, 0).add(problems.fresh(last, 1)).mul(1.5).doubles();
        assertThat(losses(learner(rule, two), theta, problems, Trace.NONE)).containsExactly(found, within(1e-12));
    }

    private static void add(double[][] sums, Judged judged, Tensor losses) {
        double[] each = losses.doubles();
        for (int i = 0; i < each.length; i++) {
            sums[judged.ordinal()][i] += each[i];
        }
    }

    private static double[] losses(RuleLearner learner, Params theta, Problems problems, Trace trace) {
        Lifetime<Problems> life = new Lifetime<>(learner, theta.leaf(), problems, CONTEXT);
        return life.losses(life.run(trace), trace).detach().doubles();
    }

    @Test
    void lossesThatAreNoNumbersCountAsTheHighest() {
        MetaObjective objective = new MetaObjective(Judged.BEFORE, false, 2, 0, OptionalDouble.of(3));
        Tensor losses =
                Tensor.of(new double[] {1, 5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1}, 6);
        assertThat(objective.counted(losses, 7).doubles()).containsExactly(2, 6, 6, 6, 6, 0);
    }

    /** Gradients as constants, whatever the estimator would differentiate: the same as an estimator that takes them as constants. */
    @Test
    void secondDerivativesAreLeftOutUnlessAskedFor() {
        Problems problems = problems(2);
        for (Judged judged : List.of(Judged.FINAL, Judged.BEFORE, Judged.FRESH)) {
            LearnedRule rule = RULES.get("adafactor");
            Params theta = theta(rule);
            RuleLearner without = learner(rule, judged);
            RuleLearner with = new RuleLearner(rule, without.objective(), true, DType.FLOAT64);
            Estimate constant = Unroll.FULL.estimate(without, theta, problems, CONTEXT);
            assertNear(
                    constant.gradient(),
                    Unroll.FIRST_ORDER.estimate(with, theta, problems, CONTEXT).gradient(),
                    1e-12);
            Estimate whole = Unroll.FULL.estimate(with, theta, problems, CONTEXT);
            assertThat(whole.gradient().sub(constant.gradient()).norm()).isGreaterThan(1e-8);
            assertNear(Sweep.SQRT.estimate(with, theta, problems, CONTEXT).gradient(), whole.gradient(), 1e-10);
        }
    }

    /** A window's last update counts where losses are those after steps, and does not where they are those before. */
    @Test
    void aWindowOfOneStepLearnsFromLossesAfterIt() {
        Problems problems = problems(2);
        LearnedRule rule = RULES.get("lstm");
        TruncatedBackpropagation one = new TruncatedBackpropagation(1);
        Estimate before = one.estimate(learner(rule, Judged.BEFORE), theta(rule), problems, CONTEXT);
        Estimate next = one.estimate(learner(rule, Judged.NEXT), theta(rule), problems, CONTEXT);
        assertThat(before.gradient().norm()).isZero();
        assertThat(next.gradient().norm()).isGreaterThan(1e-4);
    }
}
