/** Looks inside a learned rule: what is in its meta-parameters, where its steps go, and how fast it learns beside tuned optimisers. */
package org.deutero.experiment.rule;
