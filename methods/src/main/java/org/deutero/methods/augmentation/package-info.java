/** Classifiers trained on examples that are changed in a learned way. */
package org.deutero.methods.augmentation;
