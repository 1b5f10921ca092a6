/**
 * Typed, self-describing options for the parts of a recipe.
 *
 * <p>A recipe is a tree of keys. A component's factory gets the {@link org.deutero.options.Options} of its
 * section and asks for each key it knows, with a default, a range and a description. The asking is the schema:
 * from it come the complete resolved recipe of a run, the help text of a component, and the refusal, with a
 * suggestion, of every key that nobody asked for.
 *
 * <pre>{@code
 * double rate = options.positive("inner-rate", 0.4, "step size of the inner gradient descent");
 * int steps = options.integer("inner-steps", 1, 1, 1000, "inner gradient steps");
 * options.finish();
 * }</pre>
 *
 * <p>The package depends on the JDK alone.
 */
package org.deutero.options;
