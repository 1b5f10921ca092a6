/**
 * Learned update rules: from gradients, weights and slots to a step, by meta-parameters. They know nothing of tasks, losses or meta-training, so they serve wherever an {@link org.deutero.tensor.optim.Optimizer} does.
 *
 * <p>{@link org.deutero.methods.optimizer.rule.LearnedRule} is what all of them are; {@link org.deutero.methods.optimizer.rule.TrainedRule} is one whose meta-parameters no longer change.
 */
package org.deutero.methods.optimizer.rule;
