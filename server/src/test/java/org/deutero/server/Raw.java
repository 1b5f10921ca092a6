package org.deutero.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes as they are sent and come back, for what no client library would send. */
final class Raw {
    private static final int PATIENCE_MILLIS = 10_000;

    private Raw() {}

    /** What the server says to these bytes, until it closes the connection or has said a whole answer. */
    static String send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
                socket.shutdownOutput();
            } catch (IOException refused) {
                // The server may have answered and closed before all was sent.
            }
            return read(socket.getInputStream());
        }
    }

    static String read(InputStream in) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (IOException end) {
            // What came until then counts.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    static int status(String answer) {
        return answer.startsWith("HTTP/1.") && answer.length() > 12 ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }
}
