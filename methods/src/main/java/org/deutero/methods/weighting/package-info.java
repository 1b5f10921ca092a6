/**
 * Ordinary classifiers trained on labels that are partly wrong, with weights of training examples that a small clean set judges: learned while the classifier is trained, on mini-batches of both. An Episodes task is one iteration: its support set is a batch of the training data, its query set one of the clean
 * data, and the classes are the same everywhere.
 */
package org.deutero.methods.weighting;
