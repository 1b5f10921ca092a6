package org.deutero.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The playground's files and the description of the API, which are in the jar and few. */
final class Assets {
    /** Nothing from elsewhere, nothing in line, in nobody's frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    private record Asset(byte[] bytes, String type) {}

    private final Map<String, Asset> byPath = new LinkedHashMap<>();

    Assets() {
        for (String name : lines(read("playground/files.txt"))) {
            byPath.put("/" + name, asset("playground/" + name));
        }
        byPath.put("/", asset("playground/index.html"));
        byPath.put("/openapi.json", asset("openapi.json"));
    }

    private static Asset asset(String resource) {
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        return new Asset(read(resource), type);
    }

    private static String[] lines(byte[] text) {
        return new String(text, java.nio.charset.StandardCharsets.UTF_8).strip().split("\\R");
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Iterable<String> paths() {
        return byPath.keySet();
    }

    void serve(Context ctx) {
        Asset asset = byPath.get(ctx.path());
        if (asset == null) {
            throw ProblemPages.of(404);
        }
        ctx.header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-cache")
                .contentType(asset.type())
                .result(asset.bytes());
    }
}
