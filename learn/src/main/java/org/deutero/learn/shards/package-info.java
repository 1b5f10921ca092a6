/**
 * Where shards are done. Training and evaluation are cut into {@linkplain org.deutero.learn.shards.Job jobs} of independent items, and {@link org.deutero.learn.shards.Shards} does them:
 * {@link org.deutero.learn.shards.Workers} on threads of this machine; elsewhere by whoever knows what of a job is {@linkplain org.deutero.learn.shards.Portable portable}, such as the module {@code spark}.
 */
package org.deutero.learn.shards;
