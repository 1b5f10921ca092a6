/** Label keys: what scrambles the labels of an episode, support and query alike, so that nothing but the support set tells them (meta-augmentation). */
package org.deutero.tasks.key;
