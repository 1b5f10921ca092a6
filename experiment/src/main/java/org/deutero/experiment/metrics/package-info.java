/** The numbers of a run, one JSON object a line in {@code metrics.jsonl}. */
package org.deutero.experiment.metrics;
