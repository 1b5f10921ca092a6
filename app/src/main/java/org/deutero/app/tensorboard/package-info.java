/**
 * Event files that TensorBoard shows.
 *
 * <p>A file is a sequence of records: 8-byte length, masked CRC32C of the length, the bytes, masked CRC32C of the
 * bytes, all little-endian. Each record is a protobuf {@code Event}; the few fields needed are written by hand.
 */
package org.deutero.app.tensorboard;
