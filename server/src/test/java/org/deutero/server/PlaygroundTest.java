package org.deutero.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.serve.Artifacts;
import org.deutero.serve.TrainedLearner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser: symbols are drawn, named and told apart. With {@code -Ddeutero.screenshots=DIR} it leaves pictures of what it saw. */
class PlaygroundTest {
    private static final Map<String, double[][][]> SYMBOLS = new LinkedHashMap<>();

    static {
        SYMBOLS.put("triangle", new double[][][] {{{0.5, 0.15}, {0.15, 0.8}, {0.85, 0.8}, {0.5, 0.15}}});
        SYMBOLS.put("cross", new double[][][] {{{0.5, 0.1}, {0.5, 0.9}}, {{0.15, 0.4}, {0.85, 0.4}}});
        SYMBOLS.put("ring", new double[][][] {ring(0.5, 0.5, 0.32)});
    }

    /** The same things by another hand. */
    private static final Map<String, double[][][]> AGAIN = Map.of(
            "triangle", new double[][][] {{{0.55, 0.22}, {0.2, 0.72}, {0.8, 0.78}, {0.54, 0.2}}},
            "cross", new double[][][] {{{0.46, 0.15}, {0.52, 0.85}}, {{0.2, 0.45}, {0.82, 0.38}}},
            "ring", new double[][][] {ring(0.46, 0.53, 0.25)});

    private static TrainedLearner prototypes;
    private static TrainedLearner maml;
    private static DeuteroServer server;
    private static Browser browser;

    @TempDir
    private static Path profile;

    private static double[][] ring(double x, double y, double r) {
        double[][] points = new double[25][];
        for (int i = 0; i < points.length; i++) {
            double a = 2 * Math.PI * i / (points.length - 1);
            points[i] = new double[] {x + r * Math.sin(a), y - r * Math.cos(a)};
        }
        return points;
    }

    @BeforeAll
    static void open() {
        browser = Browser.open(profile, Boolean.getBoolean("deutero.dark"));
        prototypes = Artifacts.builtin("omniglot");
        maml = Artifacts.builtin("omniglot-maml");
        server = DeuteroServer.start(Map.of("omniglot", prototypes, "omniglot-maml", maml), ServerSettings.local());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            server.close();
            prototypes.close();
            maml.close();
        }
    }

    @BeforeEach
    void fresh() {
        browser.go(server.address() + "/");
        browser.until("three cards", () -> browser.all(".card").size() == 3);
    }

    private static void picture(String name) {
        String folder = System.getProperty("deutero.screenshots");
        if (folder != null) {
            browser.picture(Path.of(folder, name + ".png"));
        }
    }

    private static WebElement question() {
        return browser.one("#question-canvas");
    }

    private static void drawAndName() {
        List<WebElement> cards = browser.all(".card");
        int n = 0;
        for (var symbol : SYMBOLS.entrySet()) {
            WebElement card = cards.get(n++);
            WebElement name = card.findElement(By.tagName("input"));
            name.clear();
            name.sendKeys(symbol.getKey());
            for (double[][] line : symbol.getValue()) {
                browser.draw(card.findElement(By.tagName("canvas")), line);
            }
        }
        browser.until(
                "three symbols are learned",
                () -> browser.one("#state").getText().startsWith("Learned 3"));
    }

    private static void ask(String symbol) {
        browser.one("#clear-question").click();
        for (double[][] line : AGAIN.get(symbol)) {
            browser.draw(question(), line);
        }
    }

    private static String best() {
        var rows = browser.all("#chances .best .name");
        return rows.isEmpty() ? "" : rows.get(0).getText();
    }

    @Test
    void threeSymbolsDrawnOnceEachAreToldApart() {
        drawAndName();
        for (String symbol : AGAIN.keySet()) {
            ask(symbol);
            browser.until(symbol + " is told", () -> best().equals(symbol));
            browser.until("it is spoken", () -> text("#spoken").contains(symbol));
        }
        ask("triangle");
        browser.until("triangle", () -> best().equals("triangle"));
        assertThat(browser.all("#map .spot")).hasSize(4);
        picture("prototypes");
        assertThat(browser.complaints()).isEmpty();
    }

    private static String text(String selector) {
        return (String) browser.script("return document.querySelector(arguments[0]).textContent", selector);
    }

    @Test
    void stepsOfMamlMoveTheAnswer() {
        drawAndName();
        browser.all("#learners label").get(1).click();
        browser.until("MAML has learned", () -> browser.one("#state").getText().startsWith("Learned 3"));
        ask("cross");
        browser.until("cross is told", () -> best().equals("cross"));
        int last = chance("cross");
        WebElement slider = browser.one("#step");
        slider.sendKeys(Keys.HOME);
        browser.until("no steps", () -> browser.one("#step-count").getText().equals("0"));
        assertThat(chance("cross")).isLessThan(last);
        slider.sendKeys(Keys.RIGHT, Keys.RIGHT);
        browser.until("two steps", () -> browser.one("#step-count").getText().equals("2"));
        picture("maml");
        assertThat(browser.complaints()).isEmpty();
    }

    private static int chance(String name) {
        return browser.all("#chances li").stream()
                .filter(row -> row.findElement(By.className("name")).getText().equals(name))
                .mapToInt(row -> Integer.parseInt(
                        row.findElement(By.className("value")).getText().replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keyboardAloneIsEnough() {
        List<WebElement> pads = browser.all(".card canvas");
        keys(pads.get(0), Keys.ARROW_RIGHT);
        keys(pads.get(1), Keys.ARROW_DOWN);
        browser.until(
                "two symbols are learned", () -> browser.one("#state").getText().startsWith("Learned 2"));
        keys(question(), Keys.ARROW_DOWN);
        browser.until("the upright line", () -> best().equals("beta"));
        assertThat(question().getAccessibleName()).isEqualTo("Question, 1 lines");
    }

    private static void keys(WebElement pad, Keys direction) {
        var pen = browser.actions();
        browser.script("arguments[0].focus()", pad);
        Keys back = direction == Keys.ARROW_RIGHT ? Keys.ARROW_LEFT : Keys.ARROW_UP;
        for (int i = 0; i < 6; i++) {
            pen.sendKeys(back);
        }
        pen.sendKeys(" ");
        for (int i = 0; i < 12; i++) {
            pen.sendKeys(direction);
        }
        pen.sendKeys(" ").perform();
    }

    @Test
    void namesAreTextNotMarkup() {
        WebElement name = browser.all(".card input").get(0);
        name.clear();
        name.sendKeys("<img src=x onerror=alert(1)>");
        browser.one("#sample").click();
        browser.until(
                "samples are learned", () -> browser.one("#state").getText().startsWith("Learned 3"));
        WebElement again = browser.all(".card input").get(0);
        again.clear();
        again.sendKeys("<b>x</b>");
        browser.until("the name is shown", () -> text("#chances").contains("<b>x</b>"));
        assertThat(browser.all("#chances b")).isEmpty();
        picture("samples");
    }
}
