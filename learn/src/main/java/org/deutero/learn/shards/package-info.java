/**
 * Where shards are done. Training and evaluation are cut into {@linkplain org.deutero.learn.shards.Job jobs} of independent items, and {@link org.deutero.learn.shards.Shards} does them:
 * {@link org.deutero.learn.shards.Workers} on threads of this machine; a cluster would be another.
 */
package org.deutero.learn.shards;
