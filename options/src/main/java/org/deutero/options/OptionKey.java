package org.deutero.options;

/**
 * One key that a component asked for.
 *
 * @param path full path from the root of the recipe, such as {@code method.inner-rate}
 * @param type what a value looks like, such as {@code number} or {@code batch | running}
 * @param defaultValue the value when the recipe has none, or the empty string if the key is required or optional
 * @param value the value in force, or the empty string if there is none
 * @param description one phrase for help and docs
 */
public record OptionKey(String path, String type, String defaultValue, String value, String description) {}
