package org.deutero.methods.symla;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Servable;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.MessageNetwork;
import org.deutero.methods.vsml.SynapseCell;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Symmetric learning agents (SymLA; Kirsch, Flennerhag, van Hasselt, Friesen, Oh, Chen 2022, arXiv 2109.10781) on bandits. A layer of synapses from what a round shows to the arms, all of which are one LSTM with shared weights;
 * it is told its last action as a backward message, the reward, and its units' own last messages, so that arms can compare themselves with each other. Nothing in the weights depends on the number of arms, and permuting arms permutes
 * decisions.
 *
 * <p>States last for a whole lifetime, here the support set as {@link Rounds}. The meta-loss is minus the mean reward. Actions are drawn, and no derivative reaches through them, so this learner is for evolution. Only what the paper's
 * abstract and secondary sources tell was at hand; sizes are ours.
 *
 * <p>Fast state: that of {@link MessageNetwork}, {@code action} [tasks, 1, arms], a unit vector, and {@code reward} [tasks]; both 0 before the first round.
 *
 * @param rule of the synapses, which is given rewards and own messages
 * @param initial states before any experience
 * @param dtype of all numbers
 */
public record Symla(VsmlRule rule, InitialState initial, DType dtype) implements Servable<Episodes> {
    private static final String ACTION = "action";
    private static final String REWARD = "reward";
    private static final String THETA = "theta";
    private static final String STATE = "state";

    /** Refuses a rule that knows no rewards. */
    public Symla {
        if (!rule.reward() || !rule.ownMessages()) {
            throw new IllegalArgumentException("a rule that decides needs rewards and own messages as inputs");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return rule.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        int arms = Rounds.arms(tasks);
        List<Integer> sizes = List.of((int) Rounds.shown(tasks, 0).size(2), arms);
        Params state =
                context.draw(tasks.size(), (rng, n) -> MessageNetwork.start(rule, initial, sizes, rng, dtype, n));
        Params none = Params.builder()
                .put(ACTION, Tensors.zeros(dtype, tasks.size(), 1, arms))
                .put(REWARD, Tensors.zeros(dtype, tasks.size()))
                .build();
        return state.with(none).to(tasks.supportX().device());
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (context.differentiable()) {
            throw new OptionsException(
                    "symla draws its actions, and no derivative reaches through them: expected es, openai-es or cma-es as meta-gradient");
        }
        int round = context.step();
        MessageNetwork.Pass pass = pass(context.forTasks(theta, tasks.size()), phi, Rounds.shown(tasks, round));
        Tensor action = Rounds.draw(logits(pass).squeeze(1), context);
        Tensor reward = Rounds.paid(tasks, round, action);
        Params told = Params.builder()
                .put(ACTION, action.unsqueeze(1))
                .put(REWARD, reward)
                .build();
        return new Step(pass.state().with(told), Rounds.loss(tasks, reward));
    }

    private MessageNetwork.Pass pass(Params ofTasks, Params phi, Tensor x) {
        return new MessageNetwork(new SynapseCell(rule, ofTasks), 1).forward(phi, x, phi.get(ACTION), phi.get(REWARD));
    }

    /** [tasks, 1, arms]. */
    private static Tensor logits(MessageNetwork.Pass pass) {
        return pass.output().slice(1, 0, 1);
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size()).to(tasks.supportX().device());
    }

    /** Logits of arms, were a query the next round. */
    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        int n = tasks.querySize();
        Tensor x = tasks.queryX().reshape((long) tasks.size() * n, 1, -1);
        Params own = context.forTasks(theta, tasks.size()).repeatEach(n);
        return logits(pass(own, phi.repeatEach(n), x)).reshape(tasks.size(), n, -1);
    }

    /** The rule and everything of the lifetime so far. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put(THETA, context.task().ownTheta() ? theta.task(0) : theta)
                .put(STATE, phi.task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        int n = (int) x.size(0);
        return logits(pass(
                        solution.child(THETA).expand(n), solution.child(STATE).expand(n), x.reshape(n, 1, -1)))
                .squeeze(1);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
