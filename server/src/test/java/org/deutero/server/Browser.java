package org.deutero.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.remote.RemoteWebDriver;

/** A headless Chromium, for tests that see the page as people do. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int LEAPS = 8;

    private final ChromeDriverService service;
    private final RemoteWebDriver driver;

    private Browser(ChromeDriverService service, RemoteWebDriver driver) {
        this.service = service;
        this.driver = driver;
    }

    /** Starts one; on a machine without, the test is skipped and says so. */
    static Browser open(Path profile, boolean dark) {
        Optional<Path> binary = onPath("chromium", "chromium-browser", "google-chrome", "chrome");
        Optional<Path> driver = onPath("chromedriver");
        assumeTrue(
                binary.isPresent() && driver.isPresent(),
                "skipped: there is no Chromium with chromedriver on the path (Debian: apt-get install chromium chromium-driver)");
        ChromeOptions options = new ChromeOptions()
                .setBinary(binary.get().toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile,
                        "--window-size=1280,1000");
        if (dark) {
            options.addArguments("--force-dark-mode", "--blink-settings=preferredColorScheme=0");
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile())
                .usingAnyFreePort()
                .build();
        try {
            service.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Not a ChromeDriver, which wants Selenium's manager of downloaded browsers.
        return new Browser(service, new RemoteWebDriver(service.getUrl(), options, false));
    }

    private static Optional<Path> onPath(String... names) {
        List<String> folders = Arrays.asList(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void go(String address) {
        driver.get(address);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    Actions actions() {
        return new Actions(driver, Duration.ofMillis(4));
    }

    /** Draws a line through points in [0, 1] of a pad. */
    void draw(WebElement pad, double[]... points) {
        int width = pad.getSize().getWidth();
        int height = pad.getSize().getHeight();
        Actions pen = actions();
        for (int i = 0; i < points.length; i++) {
            // As a hand goes: not in leaps.
            int parts = i == 0 || points.length > 10 ? 1 : LEAPS;
            for (int part = 1; part <= parts; part++) {
                double share = (double) part / parts;
                double[] from = points[Math.max(0, i - 1)];
                pen.moveToElement(
                        pad, (int) Math.round((from[0] + share * (points[i][0] - from[0]) - 0.5) * width), (int)
                                Math.round((from[1] + share * (points[i][1] - from[1]) - 0.5) * height));
            }
            if (i == 0) {
                pen.clickAndHold();
            }
        }
        pen.release().perform();
    }

    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come: " + what + "; the page says: "
                        + one("body").getText());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    Object script(String code, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(code, arguments);
    }

    /** What the page has complained of. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .toList();
    }

    void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        service.stop();
    }
}
