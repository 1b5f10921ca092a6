/** Recipes: finding them by name or path, reading and overriding them, writing them back resolved. */
package org.deutero.experiment.recipe;
