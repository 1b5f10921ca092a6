package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.io.Safetensors;
import org.junit.jupiter.api.DynamicTest;

/**
 * Golden vectors: inputs and expected results of one computation, made by an independent float64 implementation. All sizes, rates
 * and step counts come from the file, so other vectors of the same schema can be tried without touching the code.
 *
 * <p>The folder is the system property {@code deutero.golden}, or the resource folder {@code golden} of the test.
 */
public final class Golden {
    /** Agreement demanded, relative to the largest expected element. */
    public static final double RELATIVE = 1e-9;

    private static final double ABSOLUTE = 1e-12;

    private final String name;
    private final Safetensors content;

    private Golden(String name, Safetensors content) {
        this.name = name;
        this.content = content;
    }

    /** Work on one golden file. */
    @FunctionalInterface
    public interface Check {
        /** Compares results with expectations. */
        void run(Golden golden);
    }

    /**
     * One test a file. A file that the folder lacks is a test that fails.
     *
     * @param names of files in the folder, without their ending
     */
    public static Stream<DynamicTest> tests(Class<?> test, List<String> names, Check check) {
        Path folder = folder(test);
        return names.stream()
                .map(n -> folder.resolve(n + ".safetensors"))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    assertThat(file).as("golden file").isRegularFile();
                    try (Scope s = Scope.open()) {
                        check.run(new Golden(file.getFileName().toString(), Safetensors.read(file)));
                    }
                }));
    }

    private static Path folder(Class<?> test) {
        String property = System.getProperty("deutero.golden", "");
        if (!property.isBlank()) {
            // Surefire runs in the module's folder; a relative path is meant from the project's root.
            return Path.of(System.getProperty("deutero.root", "")).resolve(property);
        }
        URL resource = test.getResource("/golden");
        assertThat(resource).as("resource folder golden").isNotNull();
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    // ---- contents
    // ------------------------------------------------------------------------------------------------------------

    /** A stored tensor. */
    public Tensor tensor(String key) {
        return content.tensors().get(key);
    }

    /** Whether a tensor of this name is stored. */
    public boolean has(String key) {
        return content.tensors().has(key);
    }

    /** All stored tensors below a prefix. */
    public Params params(String prefix) {
        return content.tensors().child(prefix);
    }

    /** A setting. */
    public String text(String key) {
        String value = content.metadata().get(key);
        assertThat(value).as("%s: metadata %s", name, key).isNotNull();
        return value;
    }

    /** Whether there is a setting. */
    public boolean hasText(String key) {
        return content.metadata().containsKey(key);
    }

    /** A number. */
    public double number(String key) {
        return Double.parseDouble(text(key));
    }

    /** A whole number. */
    public int integer(String key) {
        return Integer.parseInt(text(key));
    }

    /** A list separated by commas; empty if the setting is blank. */
    public List<String> list(String key) {
        return text(key).isBlank() ? List.of() : Arrays.asList(text(key).split(","));
    }

    /** A list of numbers. */
    public List<Double> numbers(String key) {
        return list(key).stream().map(Double::valueOf).toList();
    }

    // ---- comparison
    // ----------------------------------------------------------------------------------------------------------

    /** Demands that a tensor equals the stored one to {@link #RELATIVE}. */
    public void check(String key, Tensor actual) {
        Tensor expected = tensor(key);
        assertThat(actual.shape()).as("%s: shape of %s", name, key).isEqualTo(expected.shape());
        double[] x = actual.doubles();
        double[] e = expected.doubles();
        double largest = Arrays.stream(e).map(Math::abs).max().orElse(0);
        double bound = RELATIVE * largest + ABSOLUTE;
        for (int i = 0; i < e.length; i++) {
            if (!(Math.abs(x[i] - e[i]) <= bound)) {
                throw new AssertionError(
                        String.format("%s: %s[%d] is %s, expected %s (bound %.3g)", name, key, i, x[i], e[i], bound));
            }
        }
    }

    /** Demands that every stored tensor below a prefix is matched by the one of the same name; the tree may hold more. */
    public void checkAll(String prefix, Params actual) {
        Params expected = params(prefix);
        assertThat(expected.size()).as("%s: tensors below %s", name, prefix).isPositive();
        expected.forEach((key, value) -> check(prefix + "." + key, actual.get(key)));
    }

    @Override
    public String toString() {
        return name;
    }
}
