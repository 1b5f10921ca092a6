/** Learned optimisers: {@linkplain org.deutero.methods.optimizer.rule.LearnedRule rules of descent} that are meta-trained on how they train. */
package org.deutero.methods.optimizer;
