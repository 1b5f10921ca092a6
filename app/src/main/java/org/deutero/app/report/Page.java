package org.deutero.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What all pages share: they need nothing from outside. */
final class Page {
    private Page() {}

    /** The whole page around its content. */
    static String html(String title, String content) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Markup.escape(title) + "</title>\n<style>\n" + resource("report.css")
                + "</style>\n</head>\n<body>\n<main>\n" + content
                + "</main>\n<div id=\"tip\" hidden></div>\n<script>\n" + resource("report.js")
                + "</script>\n</body>\n</html>\n";
    }

    /** A part with a heading; empty text if there is nothing in it. */
    static String section(String title, String content) {
        return content.isEmpty() ? "" : "<section>\n<h2>" + Markup.escape(title) + "</h2>\n" + content + "</section>\n";
    }

    /** Names and values in two columns; empty text if there are none. */
    static String facts(Map<String, String> facts) {
        StringBuilder table = new StringBuilder("<table class=\"facts\">\n");
        facts.forEach((name, value) -> table.append("<tr><th>")
                .append(Markup.escape(name))
                .append("</th><td>")
                .append(Markup.escape(value))
                .append("</td></tr>\n"));
        return facts.isEmpty() ? "" : table + "</table>\n";
    }

    private static String resource(String name) {
        try (var in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
