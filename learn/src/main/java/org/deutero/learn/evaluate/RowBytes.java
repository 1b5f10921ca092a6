package org.deutero.learn.evaluate;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.shards.ResultBytes;

/** Rows of figures as bytes: how many rows, then of each how many figures, and the figures. */
enum RowBytes implements ResultBytes<List<float[]>> {
    /** The only one. */
    PLAIN;

    @Override
    public byte[] of(List<float[]> result) {
        int size = Integer.BYTES
                + result.stream()
                        .mapToInt(row -> Integer.BYTES + row.length * Float.BYTES)
                        .sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).putInt(result.size());
        for (float[] row : result) {
            bytes.putInt(row.length);
            for (float figure : row) {
                bytes.putInt(Float.floatToRawIntBits(figure));
            }
        }
        return bytes.array();
    }

    @Override
    public List<float[]> read(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        List<float[]> rows = new ArrayList<>();
        int number = from.getInt();
        for (int i = 0; i < number; i++) {
            float[] row = new float[from.getInt()];
            for (int j = 0; j < row.length; j++) {
                row[j] = Float.intBitsToFloat(from.getInt());
            }
            rows.add(row);
        }
        return rows;
    }
}
