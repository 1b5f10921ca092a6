/** ONNX: adapted classifiers as files for other programs, and encoders from elsewhere by ONNX Runtime. */
package org.deutero.onnx;
