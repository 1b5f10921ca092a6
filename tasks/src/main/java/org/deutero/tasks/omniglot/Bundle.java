package org.deutero.tasks.omniglot;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.deutero.tasks.DataException;

/**
 * The bundled file of drawings, still compressed.
 *
 * <p>Layout, all numbers big-endian ints: magic, version, side of a drawing, drawings a class, background classes, all
 * classes; then the class names (modified UTF-8 with a length); then blocks of {@value #BLOCK} classes (the last may be
 * smaller), each its inflated length, CRC-32 of the inflated bytes, deflated length and deflated bytes. Inflated, a block is
 * its drawings one after another in the code of {@link StrokeCodec}.
 */
record Bundle(int background, List<String> classNames, List<Block> blocks) {

    static final String RESOURCE = "drawings.bin";
    static final int DRAWINGS = 20;
    static final int BLOCK = 32;

    private static final int MAGIC = 0x444f4d4e;
    private static final int VERSION = 1;

    /** Some classes' drawings. Blocks are decompressed on their own, so on all processors at once. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(int firstClass, int classes, int length, int crc, byte[] deflated) {

        static Block of(int firstClass, int classes, byte[] code) {
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            try {
                deflater.setInput(code);
                deflater.finish();
                byte[] out = new byte[code.length + 1024];
                int n = deflater.deflate(out);
                return new Block(firstClass, classes, code.length, crc(code), Arrays.copyOf(out, n));
            } finally {
                deflater.end();
            }
        }

        private static int crc(byte[] code) {
            CRC32 crc = new CRC32();
            crc.update(code);
            return (int) crc.getValue();
        }

        byte[] inflate() {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(deflated);
                byte[] code = new byte[length];
                int n = inflater.inflate(code);
                if (n != length || crc(code) != crc) {
                    throw damaged(null);
                }
                return code;
            } catch (DataFormatException e) {
                throw damaged(e);
            } finally {
                inflater.end();
            }
        }
    }

    private static DataException damaged(Exception cause) {
        return new DataException(
                "the bundled resource " + RESOURCE + " (Omniglot) is damaged; expected the file of the release", cause);
    }

    void write(OutputStream target) throws IOException {
        DataOutputStream out = new DataOutputStream(target);
        for (int header : new int[] {MAGIC, VERSION, StrokeCodec.SIDE, DRAWINGS, background, classNames.size()}) {
            out.writeInt(header);
        }
        for (String name : classNames) {
            out.writeUTF(name);
        }
        for (Block block : blocks) {
            out.writeInt(block.length);
            out.writeInt(block.crc);
            out.writeInt(block.deflated.length);
            out.write(block.deflated);
        }
        out.flush();
    }

    static Bundle read() {
        try (InputStream resource = Bundle.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new DataException("the resource " + RESOURCE + " (Omniglot) is missing from the jar");
            }
            return read(new DataInputStream(new BufferedInputStream(resource, 1 << 16)));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    static Bundle read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC
                || in.readInt() != VERSION
                || in.readInt() != StrokeCodec.SIDE
                || in.readInt() != DRAWINGS) {
            throw damaged(null);
        }
        int background = in.readInt();
        int classes = in.readInt();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            names.add(in.readUTF());
        }
        List<Block> blocks = new ArrayList<>();
        for (int first = 0; first < classes; first += BLOCK) {
            int length = in.readInt();
            int crc = in.readInt();
            byte[] deflated = in.readNBytes(in.readInt());
            blocks.add(new Block(first, Math.min(BLOCK, classes - first), length, crc, deflated));
        }
        return new Bundle(background, List.copyOf(names), List.copyOf(blocks));
    }
}
