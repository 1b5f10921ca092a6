/**
 * Omniglot, complete and inside the jar: 1,623 characters of 50 alphabets, each drawn by 20 people.
 *
 * <p>The drawings are kept as they are published, 105x105 pixels of one bit, in 2.7 MB
 * ({@link org.deutero.tasks.omniglot.StrokeCodec}), and brought to size when {@link org.deutero.tasks.omniglot.Omniglot} is
 * asked for them. {@link org.deutero.tasks.omniglot.OneShotRuns} are the 20 official runs of the one-shot classification
 * test. {@link org.deutero.tasks.omniglot.OmniglotPacker} makes the bundled files again from the published archives.
 *
 * <p>Source: Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through probabilistic program induction",
 * Science 350 (2015), 1332-1338; github.com/brendenlake/omniglot, MIT licence (text beside the bundled files).
 */
package org.deutero.tasks.omniglot;
