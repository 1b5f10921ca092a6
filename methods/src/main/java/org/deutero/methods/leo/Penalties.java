package org.deutero.methods.leo;

/**
 * Terms of LEO's meta-loss beside the query loss.
 *
 * @param divergence of the start of codes from a standard normal distribution: beta
 * @param encoding of the squared way that codes go while they adapt: gamma
 * @param decay of half the squared weights: lambda_1
 * @param orthogonality of the squared difference between the correlation of the decoder's directions and the identity: lambda_2
 */
public record Penalties(double divergence, double encoding, double decay, double orthogonality) {}
