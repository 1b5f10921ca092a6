package org.deutero.methods.network;

import org.deutero.tensor.nn.Network;

/**
 * An encoder that ends in feature maps.
 *
 * @param encoder the network, without a head
 * @param channels of its maps; the width of its features if it has none
 * @param side height and width of its maps; 0 if it has none
 */
public record FeatureMaps(Network encoder, int channels, int side) {}
