/** Ways to measure a trained learner that need more than an evaluator: games, sets by size, answers one by one. */
package org.deutero.experiment.measure;
