package org.deutero.learn.evaluate;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * One learner under several meta-parameters, whose outputs are averaged: raw logits or predictions, before any softmax. MAML++ is measured so, with its five best
 * checkpoints (Antoniou, Edwards, Storkey 2019, arXiv 1810.09502, released code).
 *
 * <p>Trees of theta, phi and running statistics have a child {@code member0, member1, ...} for each member. Members learn a task
 * apart from each other, with the same random numbers. Losses are means over members.
 *
 * @param learner whose members these are
 * @param members number of meta-parameters
 * @param <T> tasks in a batch
 */
public record Ensemble<T extends TaskBatch<T>>(Predictor<T> learner, int members) implements Predictor<T> {
    /** Refuses an ensemble of nobody. */
    public Ensemble {
        if (members < 1) {
            throw new IllegalArgumentException("an ensemble needs at least one member, not " + members);
        }
    }

    /** The states of members as one, without slots; its tensors are theirs, its iteration is the first one's. */
    public static MetaState join(List<MetaState> members) {
        return new MetaState(
                members.get(0).iteration(),
                merge(members.size(), i -> members.get(i).theta()),
                Params.EMPTY,
                merge(members.size(), i -> members.get(i).statistics()));
    }

    private static String member(int i) {
        return "member" + i;
    }

    private static Params merge(int members, IntFunction<Params> part) {
        Params.Builder whole = Params.builder();
        for (int i = 0; i < members; i++) {
            whole.put(member(i), part.apply(i));
        }
        return whole.build();
    }

    /** What a member sees of a context. */
    private static StepContext of(StepContext context, int i) {
        TaskContext task = context.task();
        return task.with(
                        task.statistics().child(member(i)),
                        observed -> task.observer().accept(observed.under(member(i))))
                .at(context.step(), context.differentiable());
    }

    private Tensor mean(IntFunction<Tensor> part) {
        Tensor sum = part.apply(0);
        for (int i = 1; i < members; i++) {
            sum = sum.add(part.apply(i));
        }
        return members == 1 ? sum : sum.div(members);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return merge(members, i -> learner.metaParameters(rng));
    }

    @Override
    public Params statistics() {
        return merge(members, i -> learner.statistics());
    }

    @Override
    public Params begin(Params theta, T tasks, StepContext context) {
        return merge(members, i -> learner.begin(theta.child(member(i)), tasks, of(context, i)));
    }

    @Override
    public Step step(Params theta, Params phi, T tasks, StepContext context) {
        List<Step> steps = IntStream.range(0, members)
                .mapToObj(i -> learner.step(theta.child(member(i)), phi.child(member(i)), tasks, of(context, i)))
                .toList();
        Params.Builder met = Params.builder();
        steps.get(0).met().names().stream()
                .filter(name -> steps.stream().allMatch(step -> step.met().has(name)))
                .forEach(name -> met.put(name, mean(i -> steps.get(i).met().get(name))));
        return new Step(merge(members, i -> steps.get(i).state()), met.build());
    }

    @Override
    public int steps(T tasks) {
        return learner.steps(tasks);
    }

    @Override
    public int evaluationSteps(T tasks) {
        return learner.evaluationSteps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, T tasks, StepContext context) {
        return mean(i -> learner.metaLoss(theta.child(member(i)), phi.child(member(i)), tasks, of(context, i)));
    }

    @Override
    public Tensor predict(Params theta, Params phi, T tasks, StepContext context) {
        return mean(i -> learner.predict(theta.child(member(i)), phi.child(member(i)), tasks, of(context, i)));
    }
}
