/**
 * Apache Spark as the {@linkplain org.deutero.experiment.Place place} where the jobs of an experiment are done: one Spark job a meta-step, whose state is broadcast and whose contributions come back as bytes and are
 * added in the order of shards, so that checkpoints have the bytes of threads on one machine. See {@code docs/decisions/spark.md}.
 */
package org.deutero.spark;
