/** The sections {@code meta-gradient} and {@code meta-optimizer} of a recipe: which names there are, and which keys go with each. */
package org.deutero.learn.recipe;
