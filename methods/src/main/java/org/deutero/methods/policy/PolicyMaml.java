package org.deutero.methods.policy;

import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Seeds;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.action.ActionDistribution;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Model-agnostic meta-learning of policies (Finn, Abbeel, Levine 2017, arXiv 1703.03400, section 4.2 and the program cbfinn/maml_rl): a policy whose initialisation is learned so that one policy-gradient step on a few episodes of a task makes it a good one.
 *
 * <p>phi_0 = theta; a step acts through n episodes with phi_t, fits a baseline to them, and goes phi_{t+1} = phi_t - alpha grad L, L = -mean log pi(a) A over all steps taken. The meta-loss is minus the mean return of n more episodes of the last policy; its derivative is that of the surrogate -mean (pi / pi_old)(a) A on them, through
 * all inner steps. What of the dependence of episodes on theta is kept, an {@link Estimator} says. Without inner steps this is an ordinary policy gradient over all tasks: the pretrained baseline of the paper.
 *
 * <p>Fast state: weights under the names of the meta-parameters, [tasks, ...]; and for {@link Estimator#E_MAML} under {@code score} the log-probabilities and returns of inner episodes.
 *
 * @param policy whose parameters are learned
 * @param judge of actions
 * @param estimator which derivatives of sampling are kept
 * @param practice how many updates, episodes and how far
 */
public record PolicyMaml(PolicyNetwork policy, Judge judge, Estimator estimator, Practice practice)
        implements AdaptivePolicy {
    private static final String SCORE = "score";
    private static final String LAST = "last";
    private static final String LOG_PROBABILITY = "log-probability";
    private static final String LESSON = "lesson";
    private static final String ACTED = "acted";
    private static final String RETURN = "return-";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return policy.init(rng);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        return context.forTasks(theta, tasks.size());
    }

    private static Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith(SCORE + "."));
    }

    @Override
    public int steps(Worlds tasks) {
        return practice.steps();
    }

    @Override
    public int evaluationSteps(Worlds tasks) {
        return practice.evaluationSteps();
    }

    // ---- acting
    // --------------------------------------------------------------------------------------------------------------

    /** Episodes of the policy as it is; the same ones each time, as long as the policy is the same. */
    private Trajectories act(Params phi, Worlds tasks, StepContext context) {
        TaskContext own = context.task();
        TaskContext chance = own.withSeed(Seeds.branch(own.seed(), "actions", context.step()));
        Worlds episodes = episodes(tasks, context);
        return GradMode.off(() -> Trajectories.of(policy, weights(phi).detach(), episodes, chance));
    }

    /** The tasks, one episode each, with chance of this update's own. */
    private Worlds episodes(Worlds tasks, StepContext context) {
        long[] seeds = tasks.seeds().clone();
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = Seeds.branch(seeds[i], "episodes", context.step());
        }
        int limit = Math.min(tasks.steps(), tasks.world().shape().limit());
        return new Worlds(tasks.world(), seeds, practice.trajectories(context.training()), 1, limit);
    }

    @Override
    public Tensor returns(Params theta, Params phi, Worlds tasks, StepContext context) {
        return act(phi, tasks, context).returns();
    }

    /** Of the first moment of an episode. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Worlds episodes = episodes(tasks, context);
        Tensor seen = episodes.observe(episodes.begin(policy.dtype()), 0);
        return policy.network().apply(weights(phi), seen);
    }

    // ---- learning
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        Lesson lesson = GradMode.off(() -> judge.judge(act(phi, tasks, context)));
        report(lesson, context);
        return Step.of(learn(theta, phi, lesson, context));
    }

    private static void report(Lesson lesson, StepContext context) {
        context.report(Params.of(RETURN + context.step(), lesson.returns().mean(1)));
    }

    private Params learn(Params theta, Params phi, Lesson lesson, StepContext context) {
        Params weights = weights(phi);
        InnerGradient inner = InnerGradient.of(
                (th, w) -> estimator.innerLoss(logProbabilities(w, lesson), lesson), theta, weights, context);
        double rate = practice.rate(context.training(), context.step());
        Params next = phi.with(weights.addScaled(inner.gradient(), -rate));
        if (estimator != Estimator.E_MAML) {
            return next;
        }
        Params score = Params.builder()
                .put(LOG_PROBABILITY, logProbabilities(weights, lesson).sum(2))
                .put(LESSON, lesson.toParams())
                .build();
        return next.with(score.under(SCORE + "." + context.step()));
    }

    private Tensor logProbabilities(Params weights, Lesson lesson) {
        return lesson.logProbabilities(policy.distribution(policy.outputs(weights, lesson.seen())));
    }

    // ---- judging
    // -------------------------------------------------------------------------------------------------------------

    /** The loss is minus the mean return; what is differentiated is its surrogate. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        Params last = GradMode.off(() -> lastEpisodes(phi, tasks, context));
        Tensor loss = losses(last);
        Tensor surrogate = surrogate(relived(phi, Lesson.of(last.child(LAST))), last, 0);
        return loss.add(surrogate.sub(surrogate.detach()));
    }

    /** The last episodes and the distributions of actions that led to them. */
    private Params lastEpisodes(Params phi, Worlds tasks, StepContext context) {
        Lesson last = judge.judge(act(phi, tasks, context));
        return Params.builder()
                .put(LAST, last.toParams())
                .put(ACTED, policy.outputs(weights(phi).detach(), last.seen()))
                .build();
    }

    private Params relived(Params phi, Lesson last) {
        return phi.child(SCORE)
                .under(SCORE)
                .with(policy.outputs(weights(phi), last.seen()).under(POLICY));
    }

    @Override
    public Params experience(Params theta, Worlds tasks, StepContext context) {
        return GradMode.off(() -> {
            Params phi = begin(theta.detach(), tasks, context);
            Params.Builder all = Params.builder();
            for (int t = 0; t < steps(tasks); t++) {
                StepContext now = context.task().at(t, false);
                Lesson lesson = judge.judge(act(phi, tasks, now));
                report(lesson, now);
                all.put(Integer.toString(t), lesson.toParams());
                phi = learn(theta.detach(), phi, lesson, now);
            }
            StepContext end = context.task().at(steps(tasks), false);
            return all.put("", lastEpisodes(phi, tasks, end))
                    .build()
                    .map(t -> t.detach().contiguous());
        });
    }

    @Override
    public Params relive(Params theta, Params experience, Worlds tasks, StepContext context) {
        Params phi = begin(theta, tasks, context);
        for (int t = 0; t < steps(tasks); t++) {
            Lesson lesson = Lesson.of(experience.child(Integer.toString(t)));
            phi = learn(theta, phi, lesson, context.task().at(t, context.differentiable()));
        }
        return relived(phi, Lesson.of(experience.child(LAST)));
    }

    @Override
    public Tensor surrogate(Params relived, Params experience, double clip) {
        Lesson last = Lesson.of(experience.child(LAST));
        Tensor now = last.logProbabilities(policy.distribution(relived.child(POLICY)));
        Tensor then = last.logProbabilities(policy.distribution(experience.child(ACTED)));
        Tensor ratio = now.sub(then).exp();
        Tensor gain = ratio.mul(last.advantage());
        if (clip > 0) {
            Tensor clipped = ratio.clamp(1 - clip, 1 + clip).mul(last.advantage());
            gain = Tensors.where(gain.sub(clipped).lt(0), gain, clipped);
        }
        Tensor loss = last.mean(gain).neg();
        for (int t = 0; relived.has(SCORE + "." + t + "." + LOG_PROBABILITY); t++) {
            Params score = relived.child(SCORE).child(Integer.toString(t));
            loss = loss.add(Estimator.credit(score.get(LOG_PROBABILITY), Lesson.of(score.child(LESSON)), last));
        }
        return loss;
    }

    @Override
    public Tensor divergence(Params relived, Params experience) {
        Lesson last = Lesson.of(experience.child(LAST));
        ActionDistribution then = policy.distribution(experience.child(ACTED));
        Tensor each = then.divergence(policy.distribution(relived.child(POLICY)));
        return last.mean(each.reshape(last.lived().shape()));
    }

    @Override
    public Tensor losses(Params experience) {
        return Lesson.of(experience.child(LAST)).returns().mean(1).neg();
    }
}
