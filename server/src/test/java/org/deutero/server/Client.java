package org.deutero.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a server, as short as tests want it. */
final class Client {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JSON_TYPE = "application/json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final Map<String, String> headers;

    Client(String address, Map<String, String> headers) {
        this.address = address;
        this.headers = headers;
    }

    Client(DeuteroServer server) {
        this(server.address(), Map.of());
    }

    record Reply(int status, String type, String text, HttpResponse<String> response) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    Reply get(String path) {
        return send("GET", path, null, new byte[0]);
    }

    Reply delete(String path) {
        return send("DELETE", path, null, new byte[0]);
    }

    Reply post(String path, Object body) {
        return send("POST", path, JSON_TYPE, JSON.writeValueAsBytes(body));
    }

    Reply send(String method, String path, String contentType, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One picture of each of these drawings, in JSON. */
    static Map<String, Object> classes(Map<String, byte[]> pictures) {
        Map<String, List<String>> classes = new TreeMap<>();
        pictures.forEach((name, picture) -> classes.put(name, List.of(base64(picture))));
        return Map.of("classes", classes);
    }

    static Map<String, Object> pictures(byte[]... pictures) {
        return Map.of(
                "pictures",
                java.util.Arrays.stream(pictures).map(Client::base64).toList());
    }

    static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }

    /** A form of files. */
    static byte[] form(String boundary, Map<String, byte[]> files) {
        var out = new java.io.ByteArrayOutputStream();
        files.forEach((name, file) -> {
            out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                            + "\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(file);
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
