package org.deutero.experiment.incontext;

/**
 * A share of right answers.
 *
 * @param mean of one
 * @param interval half-width of its 95 % interval; NaN if it is not known
 */
public record Figure(double mean, double interval) {}
