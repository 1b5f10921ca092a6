/**
 * From a trained learner to a working classifier: {@link org.deutero.serve.Support} gives a {@link org.deutero.serve.TrainedLearner} its examples, and a
 * {@link org.deutero.serve.FewShotClassifier} labels pictures.
 */
package org.deutero.serve;
