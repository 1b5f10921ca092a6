/**
 * The {@code tasks} section of a recipe.
 *
 * <p>A {@link org.deutero.tasks.source.TaskSettings} is the section, read but with no data loaded; it lies beside the source that it configures.
 * {@link org.deutero.tasks.source.TaskSources} finds all of them, those of plug-ins included.
 */
package org.deutero.tasks.source;
