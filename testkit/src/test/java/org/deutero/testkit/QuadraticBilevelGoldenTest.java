package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deutero.learn.Learner;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.ForwardModeGradient;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Reversible;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QuadraticBilevelGoldenTest {
    /** All exact estimators; there is no third derivative, so finite differences are exact too, to rounding. */
    private static final List<MetaGradient> EXACT = List.of(
            Unroll.FULL,
            Sweep.ALL,
            Sweep.SQRT,
            new MixedMode(Store.ALL),
            new MixedMode(Store.SQRT),
            new ForwardModeGradient(100));

    /** After the first iteration, since some estimators refuse at first to leave the start untrained, which these files want. */
    private static final TaskContext CONTEXT = TaskContext.training(1, 1, Params.EMPTY, observed -> {});

    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("quadratic_bilevel"), QuadraticBilevelGoldenTest::check);
    }

    /** The estimators that must give the numbers of an entry. */
    private static List<MetaGradient> estimators(Golden golden, String e) {
        Function<String, String> key = setting -> "estimator." + e + "." + setting;
        return switch (golden.text(key.apply("kind"))) {
            case "full" -> EXACT;
            case "momentum" ->
                Stream.concat(EXACT.stream(), Stream.of(new Reversible(1e-8))).toList();
            case "first_order" -> List.of(Unroll.FIRST_ORDER);
            case "identity" -> List.of(new IdentityJacobian());
            case "truncated" -> {
                int k = golden.integer(key.apply("steps"));
                yield List.of(new Truncated(k), new FiniteDifference(0.01, OptionalInt.of(k)));
            }
            case "finite_difference_one_step" ->
                List.of(new FiniteDifference(golden.number(key.apply("epsilon_scale")), OptionalInt.of(1)));
            case "finite_difference_sweep" ->
                List.of(new FiniteDifference(golden.number(key.apply("epsilon_scale")), OptionalInt.empty()));
            default -> List.of(new Implicit(solver(golden, e), damping(golden, e)));
        };
    }

    private static LinearSolver solver(Golden golden, String e) {
        String prefix = "estimator." + e + ".";
        return switch (golden.text(prefix + "kind")) {
            case "implicit" -> new DenseSolve(100);
            case "cg" -> new ConjugateGradient(golden.integer(prefix + "iterations"), golden.number("cg.tolerance"));
            case "neumann" -> new NeumannSeries(golden.integer(prefix + "terms"), golden.number(prefix + "rate"));
            default -> throw new AssertionError("unknown kind of estimator: " + golden.text(prefix + "kind"));
        };
    }

    private static double damping(Golden golden, String e) {
        String key = "estimator." + e + ".damping";
        return golden.hasText(key) ? golden.number(key) : 0;
    }

    private static void check(Golden golden) {
        QuadraticTasks tasks = new QuadraticTasks(
                golden.tensor("task.A"),
                golden.tensor("task.b"),
                golden.tensor("task.U"),
                golden.tensor("task.C"),
                golden.tensor("task.c"));
        double rho = golden.number("outer.rho");
        QuadraticLearner plain = new QuadraticLearner(golden.number("inner.rate"), golden.integer("inner.steps"), rho);
        Params theta = golden.params("theta");
        trajectory(golden, plain, theta, tasks);
        for (String e : golden.list("estimators")) {
            boolean momentum = golden.text("estimator." + e + ".kind").equals("momentum");
            Learner<QuadraticTasks> learner = momentum ? new MomentumQuadraticLearner(plain.steps(), rho) : plain;
            Params start = momentum ? theta.with(momentum(golden, e)) : theta;
            for (MetaGradient estimator : estimators(golden, e)) {
                Estimate estimate = estimator.estimate(learner, start, tasks, CONTEXT);
                golden.check("expect." + e + ".meta_loss", estimate.losses());
                golden.checkAll("expect." + e + ".grad", estimate.gradient().mul(1.0 / tasks.size()));
                residual(golden, e, estimate);
            }
            if (golden.has("expect." + e + ".solution")) {
                solution(golden, e, theta, tasks);
            }
        }
        scalars(golden);
    }

    private static Params momentum(Golden golden, String e) {
        return Params.builder()
                .put("rate", Tensor.of(new double[] {golden.number("estimator." + e + ".rate")}, 1))
                .put("momentum", Tensor.of(new double[] {golden.number("estimator." + e + ".momentum")}, 1))
                .build();
    }

    private static void residual(Golden golden, String e, Estimate estimate) {
        if (golden.has("expect." + e + ".residual")) {
            golden.check("expect." + e + ".residual", estimate.diagnostics().get("residual"));
        }
        if (golden.has("expect." + e + ".residual_below")) {
            double bound = golden.tensor("expect." + e + ".residual_below").item();
            assertThat(estimate.diagnostics().get("residual").max(0).item()).isLessThan(bound);
        }
    }

    /** The solver alone, on the Hessian A + exp(log_decay) I and the stored right-hand side. */
    private static void solution(Golden golden, String e, Params theta, QuadraticTasks tasks) {
        Tensor decay = Tensors.eye((int) tasks.a().size(1), theta.get("init").dtype())
                .mul(theta.get("log_decay").exp().add(damping(golden, e)));
        Tensor hessian = tasks.a().add(decay);
        LinearSolver.Solution solution = solver(golden, e)
                .solve(v -> hessian.matmul(v.unsqueeze(2)).squeeze(2), golden.tensor("expect.outer_gradient"));
        golden.check("expect." + e + ".solution", solution.q());
    }

    private static void trajectory(Golden golden, QuadraticLearner learner, Params theta, QuadraticTasks tasks) {
        Tensor expected = golden.tensor("expect.phi");
        Params phi = learner.begin(theta, tasks, CONTEXT.at(0, false));
        for (int t = 0; t <= learner.steps(); t++) {
            Tensor error = phi.get("phi").sub(expected.select(1, t)).abs();
            assertThat(error.max(1).max(0).item()).isLessThan(1e-12);
            phi = learner.step(theta, phi, tasks, CONTEXT.at(t, false)).state();
        }
    }

    // ---- the scalar closed form, one theta a case
    // ----------------------------------------------------------------------------

    private static void scalars(Golden golden) {
        for (MetaGradient exact : EXACT) {
            golden.check("scalar.expect.full", scalar(golden, exact, "lin"));
            golden.check("scalar.expect.init_full", scalar(golden, exact, "init"));
        }
        golden.check("scalar.expect.identity", scalar(golden, new IdentityJacobian(), "lin"));
        golden.check("scalar.expect.init_first_order", scalar(golden, Unroll.FIRST_ORDER, "init"));
        golden.check("scalar.expect.implicit", scalar(golden, new Implicit(new DenseSolve(10), 0), "lin"));
        for (String k : golden.list("scalar.truncated")) {
            golden.check("scalar.expect.truncated_k" + k, scalar(golden, new Truncated(Integer.parseInt(k)), "lin"));
        }
        for (String k : golden.list("scalar.neumann")) {
            LinearSolver series = new NeumannSeries(Integer.parseInt(k), golden.number("scalar.rate"));
            golden.check("scalar.expect.neumann_k" + k, scalar(golden, new Implicit(series, 0), "lin"));
        }
    }

    private static Tensor scalar(Golden golden, MetaGradient estimator, String parameter) {
        int cases = (int) golden.tensor("scalar.a").size(0);
        double[] gradients = new double[cases];
        for (int i = 0; i < cases; i++) {
            QuadraticTasks task = new QuadraticTasks(
                    one(golden, "a", i).reshape(1, 1, 1),
                    Tensor.of(new double[] {0}, 1, 1),
                    Tensor.of(new double[] {1}, 1, 1, 1),
                    Tensor.of(new double[] {1}, 1, 1, 1),
                    one(golden, "c", i).reshape(1, 1));
            // exp(-800) is 0: no weight decay.
            Params theta = Params.builder()
                    .put("lin", one(golden, "theta", i))
                    .put("log_decay", Tensor.of(new double[] {-800}, 1))
                    .put("init", one(golden, "phi0", i))
                    .build();
            QuadraticLearner learner =
                    new QuadraticLearner(golden.number("scalar.rate"), golden.integer("scalar.steps"), 0);
            gradients[i] = estimator
                    .estimate(learner, theta, task, CONTEXT)
                    .gradient()
                    .get(parameter)
                    .item();
        }
        return Tensor.of(gradients, cases);
    }

    private static Tensor one(Golden golden, String name, int index) {
        return golden.tensor("scalar." + name).slice(0, index, index + 1);
    }
}
