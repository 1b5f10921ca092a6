package org.deutero.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Requests that no honest client sends, by what is wrong with them. */
final class HostileRequests {
    private static final String CLASSIFIERS = "/v1/learners/omniglot/classifiers";
    private static final String JSON = "application/json";

    private final Map<String, byte[]> all = new LinkedHashMap<>();
    private final String id;

    private HostileRequests(String id) {
        this.id = id;
    }

    /** All of them; {@code id} is of a classifier that exists. */
    static Map<String, byte[]> of(String id, byte[] png) {
        HostileRequests made = new HostileRequests(id);
        made.json(Client.base64(png));
        made.pictures(png);
        made.forms(png);
        made.paths();
        made.queries(Client.base64(png));
        made.protocol();
        return made.all;
    }

    static byte[] request(String method, String path, String headers, byte[] body) {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return join(head, body);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void post(String what, String path, String type, byte[] body) {
        all.put(what, request("POST", path, type == null ? "" : "Content-Type: " + type + "\r\n", body));
    }

    private void create(String what, String body) {
        post("create: " + what, CLASSIFIERS, JSON, text(body));
    }

    private String predict() {
        return CLASSIFIERS + "/" + id + "/predict";
    }

    private void ask(String what, String body) {
        post("ask: " + what, predict(), JSON, text(body));
    }

    private void json(String picture) {
        String ok = "[\"" + picture + "\"]";
        String two = "{\"classes\":{\"a\":" + ok + ",\"b\":" + ok + "}";
        create("nothing", "");
        create("blanks", "   ");
        create("null", "null");
        create("a number", "42");
        create("a text", "\"classes\"");
        create("a list", "[]");
        create("an empty object", "{}");
        create("cut off", two);
        create("more behind", two + "} {}");
        create("rubbish behind", two + "}x");
        create("no quotes", "{classes:{}}");
        create("a comment", "/* x */" + two + "}");
        create("NaN", "{\"classes\":NaN}");
        create("classes null", "{\"classes\":null}");
        create("classes a list", "{\"classes\":[" + ok + "]}");
        create("classes a text", "{\"classes\":\"a\"}");
        create("no classes", "{\"classes\":{}}");
        create("one class", "{\"classes\":{\"a\":" + ok + "}}");
        create("a class without pictures", "{\"classes\":{\"a\":" + ok + ",\"b\":[]}}");
        create("pictures null", "{\"classes\":{\"a\":" + ok + ",\"b\":null}}");
        create("a picture null", "{\"classes\":{\"a\":" + ok + ",\"b\":[null]}}");
        create("a picture a number", "{\"classes\":{\"a\":" + ok + ",\"b\":[7]}}");
        create("a huge number", "{\"classes\":{\"a\":" + ok + ",\"b\":[" + "9".repeat(5000) + "]}}");
        create("a huge exponent", "{\"classes\":1e999999999}");
        create("a picture an object", "{\"classes\":{\"a\":" + ok + ",\"b\":[{}]}}");
        create("an unknown key", two + ",\"steps\":3}");
        create("a key of Java's", two + ",\"@class\":\"java.lang.Runtime\"}");
        create("the same key twice", two + ",\"classes\":{}}");
        create("the same class twice", "{\"classes\":{\"a\":" + ok + ",\"a\":" + ok + "}}");
        create("names that differ in case", "{\"classes\":{\"a\":" + ok + ",\"A\":" + ok + "}}");
        create("an empty name", "{\"classes\":{\"\":" + ok + ",\"b\":" + ok + "}}");
        create("a blank name", "{\"classes\":{\"  \":" + ok + ",\"b\":" + ok + "}}");
        create("a long name", "{\"classes\":{\"" + "n".repeat(101) + "\":" + ok + ",\"b\":" + ok + "}}");
        create("a name beyond JSON's", "{\"classes\":{\"" + "n".repeat(70_000) + "\":" + ok + "}}");
        create("a name with a zero", "{\"classes\":{\"a\\u0000\":" + ok + ",\"b\":" + ok + "}}");
        create("a name with a line break", "{\"classes\":{\"a\\nb\":" + ok + ",\"b\":" + ok + "}}");
        create("a name with an escape", "{\"classes\":{\"\\u001b[31m\":" + ok + ",\"b\":" + ok + "}}");
        create("a name that turns text around", "{\"classes\":{\"\\u202egpj\":" + ok + ",\"b\":" + ok + "}}");
        create("half a character", "{\"classes\":{\"\\ud800\":" + ok + ",\"b\":" + ok + "}}");
        create("deep lists", "{\"classes\":" + "[".repeat(50_000));
        create("deep objects", "{\"a\":".repeat(50_000));
        create("too many classes", classes(ServerLimits.DEFAULT.classes() + 1, ok));
        create("too many pictures", "{\"classes\":{\"a\":" + ok + ",\"b\":[" + "\"\",".repeat(1000) + "\"\"]}}");
        post("create: bytes that are no UTF-8", CLASSIFIERS, JSON, new byte[] {
            '{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'
        });
        post("create: UTF-16 zeros", CLASSIFIERS, JSON, new byte[4096]);
        ask("nothing", "");
        ask("no pictures", "{\"pictures\":[]}");
        ask("pictures null", "{\"pictures\":null}");
        ask("pictures a text", "{\"pictures\":\"" + picture + "\"}");
        ask("classes for pictures", two + "}");
        ask("a picture null", "{\"pictures\":[null]}");
        ask("an empty picture", "{\"pictures\":[\"\"]}");
        ask("not base64", "{\"pictures\":[\"%%%%\"]}");
        ask("base64 of URLs", "{\"pictures\":[\"_-_-\"]}");
        ask("base64 cut off", "{\"pictures\":[\"" + picture.substring(0, 41) + "\"]}");
        ask("a data URL without base64", "{\"pictures\":[\"data:image/png,x\"]}");
        ask("a data URL without a comma", "{\"pictures\":[\"data:image/png;base64\"]}");
        ask("an address", "{\"pictures\":[\"http://127.0.0.1/x.png\"]}");
        ask("a file", "{\"pictures\":[\"file:///etc/passwd\"]}");
        ask("too many pictures", "{\"pictures\":[" + "\"\",".repeat(1000) + "\"\"]}");
    }

    private static String classes(int count, String pictures) {
        StringBuilder body = new StringBuilder("{\"classes\":{");
        for (int c = 0; c < count; c++) {
            body.append(c == 0 ? "" : ",").append("\"c").append(c).append("\":").append(pictures);
        }
        return body.append("}}").toString();
    }

    private void picture(String what, byte[] file) {
        post("picture: " + what, predict(), "image/png", file);
    }

    private void pictures(byte[] png) {
        picture("nothing", new byte[0]);
        picture("one byte", new byte[] {(byte) 0x89});
        picture("a text", text("not a picture"));
        picture("zeros", new byte[10_000]);
        picture("a signature alone", java.util.Arrays.copyOf(png, 8));
        picture("cut off", java.util.Arrays.copyOf(png, png.length / 2));
        picture("GIF", text("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;"));
        picture("BMP", join(text("BM"), new byte[60]));
        picture("SVG", text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"));
        picture("XML with entities", text("<!DOCTYPE a [<!ENTITY b 'c'>]><svg>&b;</svg>"));
        picture("a zip", join(text("PK\u0003\u0004"), new byte[100]));
        picture("a JPEG of one marker", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9});
        picture("a JPEG that goes on for ever", join(new byte[] {(byte) 0xff, (byte) 0xd8}, filled(50_000, 0xff)));
        picture("a bomb of pixels", png(30_000, 30_000, new byte[64]));
        picture("the largest width", png(Integer.MAX_VALUE, 1, new byte[64]));
        picture("a negative width", png(-1, -1, new byte[64]));
        picture("no width", png(0, 10, new byte[64]));
        picture("a long strip", png(1, 100_000, new byte[200_000]));
        picture("pixels missing", png(3000, 3000, new byte[10]));
        byte[] broken = png.clone();
        broken[20] ^= 0x55;
        picture("a broken header", broken);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** A PNG of this size in grey, whose rows are these bytes. */
    private static byte[] png(int width, int height, byte[] rows) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(rows);
        deflater.finish();
        byte[] packed = new byte[rows.length + 100];
        int n = deflater.deflate(packed);
        deflater.end();
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 0, 0, 0, 0})
                .array();
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
                chunk("IHDR", header),
                chunk("IDAT", java.util.Arrays.copyOf(packed, n)),
                chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] named = join(text(type), data);
        CRC32 crc = new CRC32();
        crc.update(named);
        return join(
                ByteBuffer.allocate(4).putInt(data.length).array(),
                named,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private void form(String what, String type, byte[] body) {
        post("form: " + what, CLASSIFIERS, type, body);
    }

    private void forms(byte[] png) {
        String type = "multipart/form-data; boundary=b";
        byte[] whole = Client.form("b", Map.of("a", png, "c", png));
        form("no boundary", "multipart/form-data", whole);
        form("an empty boundary", "multipart/form-data; boundary=", whole);
        form("another boundary", "multipart/form-data; boundary=zzz", whole);
        form("a boundary of a megabyte's header", "multipart/form-data; boundary=" + "b".repeat(9000), whole);
        form("nothing", type, new byte[0]);
        form("an end alone", type, text("--b--\r\n"));
        form("cut off in a file", type, java.util.Arrays.copyOf(whole, whole.length / 3));
        form("cut off before the end", type, java.util.Arrays.copyOf(whole, whole.length - 8));
        form("rubbish", type, filled(5000, 'x'));
        form("zeros", type, new byte[5000]);
        form("a part without headers", type, text("--b\r\n\r\nx\r\n--b--\r\n"));
        form("a part without a name", type, text("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"));
        form(
                "a part of another kind",
                type,
                text("--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--\r\n"));
        form("an empty name", type, text("--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--\r\n"));
        form(
                "a long header",
                type,
                text("--b\r\nX: " + "y".repeat(9000)
                        + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n"));
        form("many headers", type, text("--b\r\n" + "X: y\r\n".repeat(5000) + "\r\nx\r\n--b--\r\n"));
        form(
                "base64 for transport",
                type,
                text(
                        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"));
        form(
                "a path for a file's name and no picture in it",
                type,
                text(
                        "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../../etc/passwd\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"c\"; filename=\"/x\"\r\n\r\nx\r\n--b--\r\n"));
        form(
                "too many parts",
                type,
                text("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n".repeat(1100) + "--b--\r\n"));
        form("mixed", "multipart/mixed; boundary=b", whole);
        form("fields of a page", "application/x-www-form-urlencoded", text("a=b&c=d"));
        form("XML", "application/xml", text("<classes/>"));
        form("a text", "text/plain", whole);
        form("no type", null, whole);
        form("a type that is none", "/;;=", whole);
    }

    private void get(String what, String path) {
        all.put("path: " + what, request("GET", path, "", new byte[0]));
    }

    private void paths() {
        get("nowhere", "/v1/nowhere");
        get("another version", "/v2/learners");
        get("up", "/../etc/passwd");
        get("up, encoded", "/%2e%2e/%2e%2e/etc/passwd");
        get("up in a name", "/v1/learners/..%2f..%2fetc");
        get("up by backslashes", "/v1/learners/..%5c..%5cetc");
        get("a learner of dots", "/v1/learners/%2e%2e/classifiers");
        get("a learner that is not", "/v1/learners/nobody");
        get("a learner with a zero", "/v1/learners/omniglot%00");
        get("a learner with a line break", "/v1/learners/a%0d%0aX-Evil:%201");
        get("half an escape", "/v1/learners/%e0%");
        get("no UTF-8", "/v1/learners/%ff%fe");
        get("a script", "/v1/learners/%3Cscript%3E");
        get("a file of the page's folder", "/openapi.json/../../server/Api.class");
        get("a hidden file", "/.lock");
        get("a handle of dots", CLASSIFIERS + "/..");
        get("a handle with a path", CLASSIFIERS + "/..%2f..%2fsecret.dtr");
        get("a handle that is a file", CLASSIFIERS + "/" + id + ".dtr");
        get("a handle in capitals", CLASSIFIERS + "/" + id.toUpperCase(java.util.Locale.ROOT));
        get("a handle cut off", CLASSIFIERS + "/" + id.substring(1));
        get("a long handle", CLASSIFIERS + "/" + "a".repeat(4000));
        get("another learner's handle", "/v1/learners/other/classifiers/" + id);
        get("a long path", "/" + "a/".repeat(3000));
        get("a parameter of a path", CLASSIFIERS + ";jsessionid=1/" + id);
        all.put("method: DELETE of all", request("DELETE", CLASSIFIERS, "", new byte[0]));
        all.put("method: PUT", request("PUT", CLASSIFIERS + "/" + id, "", new byte[0]));
        all.put("method: PATCH of a learner", request("PATCH", "/v1/learners/omniglot", "", new byte[0]));
        all.put("method: GET of a question", request("GET", predict(), "", new byte[0]));
        all.put("method: TRACE", request("TRACE", "/v1/learners", "", new byte[0]));
        all.put("method: unheard of", request("FROB", "/v1/learners", "", new byte[0]));
    }

    private void queries(String picture) {
        byte[] body = text("{\"classes\":{\"a\":[\"" + picture + "\"],\"b\":[\"" + picture + "\"]}}");
        for (String query : new String[] {
            "steps=-1",
            "steps=1.5",
            "steps=99999999999999999999",
            "steps=x",
            "steps=",
            "steps=1&steps=2",
            "steps=3",
            "temporary=yes",
            "temporary=",
            "nonsense=1",
            "top=1",
            "%00=1"
        }) {
            post("query: " + query, CLASSIFIERS + "?" + query, JSON, body);
        }
        byte[] question = text("{\"pictures\":[\"" + picture + "\"]}");
        post("query: top=0", predict() + "?top=0", JSON, question);
        post("query: top=1e3", predict() + "?top=1e3", JSON, question);
    }

    private void raw(String what, String request) {
        all.put("protocol: " + what, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void protocol() {
        String host = "Host: localhost\r\nConnection: close\r\n";
        String json = "Content-Type: application/json\r\n";
        raw("rubbish", "\u0000\u0001\u0002\u0003 nothing\r\n\r\n");
        raw("a line without a version's number", "GET / HTTP/x\r\n" + host + "\r\n");
        raw("no host", "GET /v1/learners HTTP/1.1\r\nConnection: close\r\n\r\n");
        raw("two hosts", "GET /v1/learners HTTP/1.1\r\nHost: localhost\r\n" + host + "\r\n");
        raw("another host", "GET /v1/learners HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        raw("another origin", "GET /v1/learners HTTP/1.1\r\n" + host + "Origin: http://evil.example\r\n\r\n");
        raw("no origin", "GET /v1/learners HTTP/1.1\r\n" + host + "Origin: null\r\n\r\n");
        raw("large headers", "GET /v1/learners HTTP/1.1\r\n" + host + "X: " + "y".repeat(40_000) + "\r\n\r\n");
        raw("a blank before a colon", "GET /v1/learners HTTP/1.1\r\n" + host + "X : y\r\n\r\n");
        raw("a negative length", "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json + "Content-Length: -5\r\n\r\n");
        raw(
                "a length that is none",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json + "Content-Length: x\r\n\r\n");
        raw(
                "a huge length",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json + "Content-Length: 999999999999\r\n\r\n");
        raw(
                "two lengths",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json
                        + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x");
        raw(
                "a length that is more than comes",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json + "Content-Length: 100\r\n\r\n{}");
        raw(
                "a length and chunks",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json
                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        raw(
                "a chunk that is none",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        raw(
                "a huge chunk",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json
                        + "Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n{}");
        raw(
                "an unknown transfer",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json + "Transfer-Encoding: gzip\r\n\r\n{}");
        raw(
                "a packed body",
                "POST " + CLASSIFIERS + " HTTP/1.1\r\n" + host + json
                        + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
    }
}
