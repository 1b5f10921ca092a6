package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names in letters that the locale does not have, without the launcher, which chooses another locale. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void aNameThatCannotBeReadIsASentence() throws Exception {
        for (List<String> arguments : List.of(
                List.of("recipes", "Größe"),
                List.of("train", "日本.yaml"),
                List.of("train", "sinusoid-10shot-maml-small", "--out", "Cafè"))) {
            Outcome outcome = deutero(arguments, "C");
            assertThat(outcome.code).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.text)
                    .hasLineCount(1)
                    .startsWith("deutero: the name \"")
                    .contains("LC_ALL=C.UTF-8");
        }
    }

    /** Labels that are kept for good in a model, for instance. */
    @Test
    @Timeout(180)
    void aFolderOfSuchNamesIsRefusedRatherThanMisread() throws Exception {
        shell("mkdir -p pictures/Größe pictures/日本 && touch pictures/Größe/1.png pictures/日本/1.png");
        for (List<String> arguments : List.of(
                List.of("data", "check", "pictures"),
                List.of("adapt", "builtin:omniglot", "--support", "pictures", "--out", "m.dtr"))) {
            Outcome outcome = deutero(arguments, "C");
            assertThat(outcome.code).isNotZero();
            assertThat(outcome.text).hasLineCount(1).contains("LC_ALL=C.UTF-8").doesNotContain("unexpected");
        }
    }

    private void shell(String line) throws IOException, InterruptedException {
        run(line, "C.UTF-8");
    }

    @Test
    @Timeout(180)
    void inALocaleWithTheseLettersItIsAName() throws Exception {
        Outcome outcome = deutero(List.of("recipes", "Größe.yaml"), "C.UTF-8");
        assertThat(outcome.text).contains("there is no recipe file Größe.yaml");
    }

    private record Outcome(int code, String text) {}

    private Outcome deutero(List<String> arguments, String locale) throws IOException, InterruptedException {
        // By way of a shell: this process may itself run in a locale in which it cannot name the arguments.
        StringBuilder line = new StringBuilder("exec");
        OwnProcess.command(arguments)
                .forEach(word -> line.append(" '").append(word).append('\''));
        return run(line.toString(), locale);
    }

    private Outcome run(String line, String locale) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh").directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), OwnProcess.said(text));
    }
}
