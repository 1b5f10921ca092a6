/** Meta-learning without memorization (Yin, Tucker, Zhou, Levine, Finn 2020, arXiv 1912.03820): an information bottleneck between inputs and what adapts, in MAML and in neural processes. */
package org.deutero.methods.memorization;
