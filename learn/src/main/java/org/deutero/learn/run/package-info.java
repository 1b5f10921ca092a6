/** Meta-training: the trainer, its workers, checkpoints and listeners. */
package org.deutero.learn.run;
