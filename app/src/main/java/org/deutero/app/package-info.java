/**
 * The {@code deutero} command.
 *
 * <p>{@link org.deutero.app.Main} parses the command line and turns every failure into one sentence and an exit
 * code; the sub-commands live in {@code command}; {@code recipe} finds and reads recipes; {@code metrics},
 * {@code tensorboard}, {@code progress} and {@code report} are the four ways a run tells what it does.
 * Nothing but the commands that compute loads libtorch.
 */
package org.deutero.app;
