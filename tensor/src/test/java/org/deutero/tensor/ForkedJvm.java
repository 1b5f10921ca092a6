package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A virtual machine of its own for what cannot be tested inside a shared one. */
final class ForkedJvm {
    private ForkedJvm() {}

    /** Runs the main method of a test class; returns what it printed. @throws AssertionError if it fails or takes over 100 s */
    static String run(Path folder, Class<?> main, String... options) throws IOException, InterruptedException {
        return run(folder, main, environment -> {}, List.of(), options);
    }

    /** The same with arguments, and in an environment that may be changed. */
    static String run(
            Path folder,
            Class<?> main,
            Consumer<Map<String, String>> environment,
            List<String> arguments,
            String... options)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.directory(folder.toFile()); // where a crash leaves its report
        environment.accept(builder.environment());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        // Where JAVA_TOOL_OPTIONS is set, the virtual machine itself says so before anything else.
        String text = Files.readString(output, StandardCharsets.UTF_8)
                .replaceAll("(?m)^(NOTE: )?Picked up \\w*JAVA\\w*OPTIONS: .*\\R", "");
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
