package org.deutero.tasks.source;

import java.util.function.Function;
import org.deutero.options.Options;

/**
 * A source of tasks that recipes can name.
 *
 * @param name the value of {@code tasks.source}
 * @param reader asks the {@code tasks} section for the keys of the source; no data is read before the settings are told to load
 */
public record NamedSource(String name, Function<Options, TaskSettings> reader) {}
