package org.deutero.learn.recipe;

import java.util.function.Function;
import org.deutero.options.Options;
import org.deutero.tensor.optim.Optimizer;

/**
 * A rule of descent for meta-parameters that recipes can name; rate, schedule and clipping are the same for all.
 *
 * @param name the value of {@code meta-optimizer.name}
 * @param reader asks the section for the keys of the rule
 */
public record NamedOptimizer(String name, Function<Options, Optimizer> reader) {}
