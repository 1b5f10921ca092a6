/**
 * What some learners can do beyond learning: descend, be undone, act in worlds, be served from a file, say what they believe. Whoever needs one asks by {@link org.deutero.learn.Learner#as};
 * a {@link org.deutero.learn.capability.ForwardingLearner} can do what the learner behind it can.
 */
package org.deutero.learn.capability;
