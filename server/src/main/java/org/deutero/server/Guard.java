package org.deutero.server;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask. With a token, whoever shows it. On loopback also pages from elsewhere in a browser on this machine could: so there the request must name this machine as its host, which
 * a page under a rebound name does not, and an Origin, if there is one, must be the server's own.
 */
record Guard(boolean loopback, Optional<String> token) {
    private static final String BEARER = "bearer ";
    private static final Set<String> OURSELVES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** Refuses strangers' pages. */
    void checkOrigin(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (loopback && (host == null || !OURSELVES.contains(name(host)))) {
            throw new Problem(
                    421, "wrong-host", "this server is for this machine only: ask it as localhost or 127.0.0.1");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !sameOrigin(origin, host)) {
            throw new Problem(403, "foreign-origin", "pages of other origins may not use this server");
        }
    }

    private static boolean sameOrigin(String origin, String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("127.") && lower.matches("127\\.\\d+\\.\\d+\\.\\d+") ? "127.0.0.1" : lower;
    }

    /** Refuses who does not show the token, if there is one. */
    void checkToken(HttpServletRequest request) {
        if (token.isEmpty()) {
            return;
        }
        String shown = request.getHeader("Authorization");
        boolean right = shown != null
                && shown.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && MessageDigest.isEqual(
                        shown.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8),
                        token.get().getBytes(StandardCharsets.UTF_8));
        if (!right) {
            throw new Problem(
                    401, "token-needed", "this server wants its token: send the header Authorization: Bearer TOKEN");
        }
    }
}
