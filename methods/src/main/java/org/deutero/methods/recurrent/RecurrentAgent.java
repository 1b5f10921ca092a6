package org.deutero.methods.recurrent;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.ActionDistribution;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.action.DiagonalGaussian;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.methods.Copies;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * An agent whose learning is the course of its state: RL^2 (Duan et al. 2016, arXiv 1611.02779), MetaRNN (Wang et al. 2016, arXiv 1611.05763). Its state lasts for a whole lifetime, over the ends of episodes, so what episodes have told is there in the next; the weights are all that is meta-learned. With {@code episodic} the state begins anew in every episode, and it is a plain policy with a
 * recurrent or other network, to hold the others against.
 *
 * <p>Fast state: {@code network} and {@code experience}, [lifetimes, copies, ...], and {@code world}, the lives.
 *
 * @param network of policy and value
 * @param experience what it is shown
 * @param episodic whether the state begins anew in every episode
 * @param greedy whether the likeliest action is taken where it is used, and not one drawn
 * @param dtype of all numbers
 */
public record RecurrentAgent(
        PolicyAndValue network, Experience experience, boolean episodic, boolean greedy, DType dtype)
        implements PolicyLearner {
    private static final String NETWORK = "network";
    private static final String EXPERIENCE = "experience";
    private static final String INPUT = "input";
    private static final String KEEP = "keep";

    /** Refuses a network of another width. */
    public RecurrentAgent {
        if (network.cell().inputs() != experience.width()) {
            throw new IllegalArgumentException(
                    "a cell with " + network.cell().inputs() + " inputs was given " + experience.width() + " numbers");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        int copies = tasks.copies();
        return Params.builder()
                .put(NETWORK, Copies.apart(network.start(theta, tasks.size() * copies), copies))
                .put(EXPERIENCE, experience.start(dtype, tasks.size(), copies))
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    @Override
    public Params shown(Params phi, Worlds tasks, StepContext context) {
        Params told = phi.child(EXPERIENCE);
        Tensor seen = tasks.observe(Agent.lives(phi), context.step());
        Params input = Params.of(INPUT, experience.input(told, seen, context.step()));
        return episodic ? input.with(Params.of(KEEP, experience.goesOn(told))) : input;
    }

    @Override
    public Decision decide(Params theta, Params phi, Params shown, StepContext context) {
        Tensor input = shown.get(INPUT);
        int copies = Math.toIntExact(input.size(1));
        Params state = Copies.together(phi.child(NETWORK));
        Params own = context.task().ownTheta() ? theta.repeatEach(copies) : theta;
        if (episodic) {
            Params start = network.start(own, Math.toIntExact(input.size(0)) * copies);
            state = RecurrentCell.begunAnew(start, state, shown.get(KEEP).reshape(-1));
        }
        PolicyAndValue.Moment moment =
                network.step(own, state, input.reshape(input.size(0) * copies, 1, input.size(2)));
        return new Decision(
                apart(moment.policy(), copies),
                moment.value().reshape(input.size(0), copies),
                Copies.apart(moment.state(), copies));
    }

    private static ActionDistribution apart(ActionDistribution policy, int copies) {
        UnaryOperator<Tensor> lifetimes = t -> t.reshape(t.size(0) / copies, copies, -1);
        if (policy instanceof DiagonalGaussian normal) {
            Tensor logStd = normal.logStd();
            return new DiagonalGaussian(
                    lifetimes.apply(normal.mean()), logStd.rank() == 1 ? logStd : lifetimes.apply(logStd));
        }
        return new Categorical(lifetimes.apply(((Categorical) policy).logProbabilities()));
    }

    @Override
    public Params after(Decision decision, Tensor action, Transition transition, Worlds tasks) {
        return Params.builder()
                .put(NETWORK, decision.state())
                .put(EXPERIENCE, experience.told(action, transition))
                .put(WORLD, transition.lives())
                .build();
    }

    @Override
    public Evaluated evaluate(Params theta, Params shown) {
        return network.sequence(theta, shown.get(INPUT), episodic ? shown.get(KEEP) : null);
    }

    @Override
    public Params gradient(Params theta, Params shown, Function<Evaluated, Tensor> loss) {
        return network.gradient(theta, shown.get(INPUT), episodic ? shown.get(KEEP) : null, loss);
    }

    @Override
    public Tensor act(Decision decision, StepContext context) {
        return greedy && !context.training()
                ? decision.policy().mode()
                : decision.policy().draw(context);
    }

    /** Log-probabilities of the next choice, of a greedy agent 0 and minus infinity; or means of vectors. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Decision decision = decide(theta, phi, shown(phi, tasks, context), context);
        if (decision.policy() instanceof Categorical choice) {
            return greedy && !context.training()
                    ? choice.mode()
                            .oneHot(
                                    experience.world().choices(),
                                    choice.logProbabilities().dtype())
                            .log()
                    : choice.logProbabilities();
        }
        return decision.policy().mode();
    }
}
