package org.deutero.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.meta.MetaState;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Training that starts from what another learner has learned: meta-parameters and running statistics of the same names, such as those of an encoder trained by ordinary classification, begin with its values, all others as they would. The weights of a {@link BilevelLearner}'s model go by their
 * names in the model.
 *
 * @param from a learner as the command line names it
 */
record WarmStart(String from) implements UnaryOperator<MetaState> {
    private static final String KEY = "training.warm-start";
    private static final String MODEL = BilevelLearner.MODEL + ".";

    @Override
    public MetaState apply(MetaState cold) {
        try (Scope s = Scope.open();
                TrainedLearner trained = opened()) {
            StartFrom.requireNothingElse(KEY, cold);
            return trained.read((theta, statistics) -> {
                Params warm = taken(cold.theta(), theta);
                if (warm.isEmpty()) {
                    throw new OptionsException(
                            KEY + ": " + from + " has " + String.join(", ", theta.names()) + ", none of which is among "
                                    + String.join(", ", cold.theta().names()));
                }
                return new MetaState(
                                cold.iteration(),
                                cold.theta().with(warm).detach().copy(),
                                cold.slots().detach().copy(),
                                cold.statistics()
                                        .with(taken(cold.statistics(), statistics))
                                        .detach()
                                        .copy(),
                                cold.carry().detach().copy())
                        .keep(s);
            });
        }
    }

    private TrainedLearner opened() {
        try {
            return LearnerSource.open(from);
        } catch (UserException e) {
            throw new OptionsException(KEY + ": " + e.getMessage(), e);
        }
    }

    /** The trained tensors that the tree has places for, by the names of the tree. */
    private Params taken(Params tree, Params trained) {
        Params.Builder taken = Params.builder();
        for (String name : tree.names()) {
            for (String known : List.of(name, name.startsWith(MODEL) ? name.substring(MODEL.length()) : MODEL + name)) {
                if (!trained.has(known)) {
                    continue;
                }
                String found = Arrays.toString(trained.get(known).shape());
                String wanted = Arrays.toString(tree.get(name).shape());
                if (!found.equals(wanted)) {
                    throw new OptionsException(
                            KEY + ": " + known + " of " + from + " is " + found + " where " + wanted + " is needed");
                }
                taken.put(name, trained.get(known).to(tree.get(name).dtype()));
                break;
            }
        }
        return taken.build();
    }
}
