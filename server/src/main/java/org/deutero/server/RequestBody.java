package org.deutero.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/** The bytes of a request's body, within limits of length and time. */
final class RequestBody {
    private static final int CHUNK = 1 << 14;

    private RequestBody() {}

    static byte[] read(HttpServletRequest request, ServerLimits limits) {
        long told = request.getContentLengthLong();
        if (told > limits.bodyBytes()) {
            throw tooLarge(limits);
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Problem(415, "unsupported-encoding", "bodies must come as they are, without Content-Encoding");
        }
        long deadline = System.nanoTime() + limits.body().toNanos();
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.max(CHUNK, Math.min(told, 1 << 20)));
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = request.getInputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                all.write(chunk, 0, n);
                if (all.size() > limits.bodyBytes()) {
                    throw tooLarge(limits);
                }
                if (System.nanoTime() > deadline) {
                    throw tooSlow(limits);
                }
            }
        } catch (IOException e) {
            throw failed(e, limits);
        }
        return all.toByteArray();
    }

    private static Problem failed(IOException e, ServerLimits limits) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return tooSlow(limits);
            }
        }
        return e instanceof EOFException
                ? Problem.malformed("the connection ended before the body did")
                : Problem.malformed("the body cannot be read: it is not sent as HTTP wants it");
    }

    private static Problem tooLarge(ServerLimits limits) {
        return new Problem(
                413, "body-too-large", "the body is larger than the limit of " + limits.bodyBytes() + " bytes");
    }

    private static Problem tooSlow(ServerLimits limits) {
        return new Problem(
                408,
                "body-too-slow",
                "the body did not arrive within " + limits.body().toMillis() + " ms");
    }
}
