/** What reports are made from: numbers and examples as plain data, and figures in words. Pages are drawn elsewhere. */
package org.deutero.experiment.report;
