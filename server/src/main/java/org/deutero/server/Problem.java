package org.deutero.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request is not answered as asked (RFC 9457). Its message is one sentence for people; {@code type} is for programs and stays as it is.
 */
final class Problem extends RuntimeException {
    /** The media type of the answer. */
    static final String MEDIA_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1;
    private static final String TYPES = "urn:deutero:problem:";

    private final int status;
    private final String type;
    private final boolean closing;

    Problem(int status, String type, String detail) {
        this(status, type, detail, null);
    }

    Problem(int status, String type, String detail, Throwable cause) {
        super(detail, cause, false, false);
        this.status = status;
        this.type = type;
        // What is left of a body that nobody reads is not the next request.
        this.closing = status == 408 || status == 413 || status == 429 || status == 503;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    /** Whether the connection ends with it. */
    boolean closing() {
        return closing;
    }

    /** Whether the same request may do better soon. */
    boolean passing() {
        return status == 429 || status == 503;
    }

    /** The object that a client gets. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", TYPES + type);
        members.put("title", type.replace('-', ' '));
        members.put("status", status);
        members.put("detail", getMessage());
        return members;
    }

    static Problem malformed(String detail) {
        return new Problem(400, "malformed-request", detail);
    }

    static Problem missing(String detail) {
        return new Problem(404, "not-found", detail);
    }

    static Problem unusable(String detail) {
        return new Problem(422, "unusable-pictures", detail);
    }

    static Problem limit(String detail) {
        return new Problem(422, "limit-exceeded", detail);
    }
}
