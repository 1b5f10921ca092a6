package org.deutero.learn.recipe;

import java.util.function.Function;
import org.deutero.learn.meta.MetaRule;
import org.deutero.options.Options;

/**
 * A rule of meta-training that recipes can name, most often by its estimator.
 *
 * @param name the value of {@code meta-gradient.name}
 * @param reader asks the section for its keys
 */
public record NamedMetaGradient(String name, Function<Options, MetaRule> reader) {}
