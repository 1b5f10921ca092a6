/**
 * {@code report.html}: one self-contained page about a run, with figures as inline SVG and PNG, readable offline,
 * on paper, and in light or dark.
 *
 * <p>{@link org.deutero.experiment.report.ReportData} says all that the page needs;
 * {@link org.deutero.app.report.Report} lays it out; {@link org.deutero.app.report.LineChart} draws.
 */
package org.deutero.app.report;
