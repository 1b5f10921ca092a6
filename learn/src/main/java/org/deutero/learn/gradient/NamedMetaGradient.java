package org.deutero.learn.gradient;

import java.util.function.Function;
import org.deutero.learn.MetaGradient;
import org.deutero.options.Options;

/**
 * An estimator that recipes can name.
 *
 * @param name the value of {@code meta-gradient.name}
 * @param reader asks the section for the keys of the estimator
 */
public record NamedMetaGradient(String name, Function<Options, MetaGradient> reader) {}
