/**
 * Discovered reinforcement learning (DiscoRL; Oh, Farquhar, Kemaev, Calian, Hessel, Zintgraf, Singh, van Hasselt, Silver 2025, Nature, doi 10.1038/s41586-025-09761-x): a network says towards which distributions an agent's policy and predictions should move, and what predictions mean is up to it.
 *
 * <p>The rule ({@link org.deutero.methods.disco.DiscoRule}) sees rollouts of any agent with the outputs of {@link org.deutero.methods.disco.AgentOutputs}; its weights are the published ones of Disco103 ({@link org.deutero.methods.disco.DiscoWeights}) or meta-trained. Tensors lead with
 * lifetimes; then come time and the copies of a lifetime.
 */
package org.deutero.methods.disco;
