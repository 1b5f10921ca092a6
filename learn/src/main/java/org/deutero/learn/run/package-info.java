/** Meta-training: the trainer, its rounds of shards, checkpoints and listeners. */
package org.deutero.learn.run;
