package org.deutero.experiment;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.meta.MetaState;
import org.deutero.options.OptionsException;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Training that starts from all meta-parameters of another run, whatever tasks, estimator or optimiser that had. Names and shapes must be the same; {@link WarmStart} takes what has a place instead.
 *
 * @param from as {@link Origin} names it
 */
record InitFrom(String from) implements UnaryOperator<MetaState> {
    private static final String KEY = "training.init-from";

    @Override
    public MetaState apply(MetaState drawn) {
        try (Scope s = Scope.open();
                Origin origin = opened()) {
            StartFrom.requireNothingElse(KEY, drawn);
            Params theta = fitted("meta-parameter", drawn.theta(), origin.theta());
            Params statistics = fitted("statistic", drawn.statistics(), origin.statistics());
            return new MetaState(
                            drawn.iteration(),
                            theta,
                            drawn.slots().detach().copy(),
                            statistics,
                            drawn.carry().detach().copy())
                    .keep(s);
        }
    }

    /** What is taken and what is not, in a line. */
    String words() {
        try (Origin origin = opened()) {
            return origin.words();
        }
    }

    private Origin opened() {
        try {
            return Origin.open(from);
        } catch (UserException e) {
            throw new OptionsException(KEY + ": " + e.getMessage(), e);
        }
    }

    /** The trained tensors by the names and types of the tree, which must be the same names. */
    private Params fitted(String what, Params tree, Params trained) {
        for (String name : trained.names()) {
            if (!tree.has(name)) {
                throw new OptionsException(KEY + ": " + what + " " + name + " of " + from
                        + " has no place here; expected the same method and network");
            }
        }
        for (String name : tree.names()) {
            if (!trained.has(name)) {
                throw new OptionsException(KEY + ": " + from + " has no " + what + " " + name
                        + ", which is needed here; expected the same method and network");
            }
        }
        Params.Builder fitted = Params.builder();
        tree.forEach((name, place) -> {
            Tensor value = trained.get(name);
            if (!Arrays.equals(value.shape(), place.shape())) {
                throw new OptionsException(KEY + ": " + what + " " + name + " of " + from + " is "
                        + Arrays.toString(value.shape()) + " where " + Arrays.toString(place.shape()) + " is needed");
            }
            fitted.put(name, value.to(place.dtype()).detach().copy());
        });
        return fitted.build();
    }
}
