package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deutero.experiment.base.UserException;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    private int report(Throwable failure, boolean stacktrace) {
        return Failures.report(failure, new PrintWriter(err, true), stacktrace);
    }

    @Test
    void knownFailuresAreTheirOwnSentence() {
        assertThat(report(new OptionsException("unknown key \"x\""), false)).isEqualTo(ExitCode.USAGE);
        assertThat(report(UserException.failure("no data", null), false)).isEqualTo(ExitCode.FAILURE);
        assertThat(report(new UncheckedIOException(new AccessDeniedException("/r/out")), false))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString().lines())
                .containsExactly(
                        "deutero: unknown key \"x\"",
                        "deutero: no data",
                        "deutero: no permission to read or write /r/out");
    }

    @Test
    void unexpectedFailuresAreASentenceAndALog() throws IOException {
        assertThat(report(new IllegalStateException("boom\nC++ frame\nC++ frame"), false))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString())
                .hasLineCount(1)
                .startsWith("deutero: unexpected failure: IllegalStateException, boom (stack trace in ");
        Path log = Path.of(err.toString().replaceAll("(?s).*stack trace in (.*)\\).*", "$1"));
        assertThat(log).content().contains("FailuresTest");
        Files.delete(log);
    }

    @Test
    void stackTraceOnRequest() {
        report(new IllegalStateException("boom"), true);
        assertThat(err.toString()).contains("at org.deutero.app.FailuresTest");
    }
}
