package org.deutero.server;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses by itself, such as a line that is not HTTP or a path that climbs, is told as a problem, too. */
final class ProblemPages extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        Problem problem = of(code);
        response.setStatus(problem.status()); // 505 for what is not HTTP is the client's failure, too
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        Content.Sink.write(response, true, Json.write(problem.members()), callback);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Object status = request.getAttribute(ERROR_STATUS);
        generateResponse(
                request, response, status instanceof Integer code ? code : response.getStatus(), null, null, callback);
        return true;
    }

    /** In words that hold nothing of the request. */
    static Problem of(int code) {
        return switch (code) {
            case 404 -> Problem.missing("there is nothing at this path; /openapi.json tells what there is");
            case 405 ->
                new Problem(405, "method-not-allowed", "this path knows other methods; /openapi.json tells which");
            case 408 -> new Problem(408, "request-too-slow", "the request did not arrive in time");
            case 413 -> new Problem(413, "body-too-large", "the body is larger than the limit");
            case 414 -> new Problem(414, "path-too-long", "the path and query are longer than this server reads");
            case 431 -> new Problem(431, "headers-too-large", "the headers are larger than this server reads");
            case 505 -> new Problem(400, "unknown-protocol", "this server speaks HTTP/1.1");
            default ->
                code >= 500
                        ? new Problem(code, "failure", "the server failed at this request")
                        : new Problem(code, "malformed-request", "the request is not HTTP as this server reads it");
        };
    }
}
